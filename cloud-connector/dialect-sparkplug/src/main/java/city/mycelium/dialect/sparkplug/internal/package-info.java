/**
 * An edge node of Eclipse Sparkplug B 3.0 (docs/connect-sparkplug.md). Pure: what it remembers is
 * the state that it is given back.
 */
@NullMarked
package city.mycelium.dialect.sparkplug.internal;

import org.jspecify.annotations.NullMarked;
