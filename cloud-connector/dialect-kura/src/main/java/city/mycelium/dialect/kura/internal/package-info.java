/**
 * What Eclipse Kura says to its cloud, Eclipse Kapua and its like (docs/connect-kura.md). Pure: no
 * network, no clock; it remembers nothing.
 */
@NullMarked
package city.mycelium.dialect.kura.internal;

import org.jspecify.annotations.NullMarked;
