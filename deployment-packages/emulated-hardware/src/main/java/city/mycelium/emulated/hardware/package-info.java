/**
 * {@code mycelium test --emulated-hardware}: boots guests with the device paths of a real Linux
 * kernel, starts the packaged gateway in them, and reports what it read. Chips, cables and wires
 * are emulated, and every report says so.
 */
@NullMarked
package city.mycelium.emulated.hardware;

import org.jspecify.annotations.NullMarked;
