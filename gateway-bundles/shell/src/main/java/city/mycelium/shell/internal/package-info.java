/** The UNIX socket and its line protocol. Knows no command by name: other rooms bring them. */
@NullMarked
package city.mycelium.shell.internal;

import org.jspecify.annotations.NullMarked;
