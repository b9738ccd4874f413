/**
 * Chips on an I²C bus as they are configured: finds the class of a kind, its place on the bus, and
 * has it read. The bus itself lives in {@code bus}, the chips in {@code chip}.
 *
 * <p>Never exported. Public, so that a plain {@code main} can put the parts together with {@code
 * new}.
 */
@NullMarked
package city.mycelium.driver.i2c.internal;

import org.jspecify.annotations.NullMarked;
