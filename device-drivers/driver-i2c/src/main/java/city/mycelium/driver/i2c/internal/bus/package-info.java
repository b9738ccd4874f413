/**
 * One I²C bus of Linux, from the system calls up to the handle that a chip gets: who may speak
 * when, by which means, through which multiplexers, and what its errors mean. Knows no chip.
 *
 * <p>Sources: Linux, Documentation/i2c ({@code dev-interface.rst}, {@code fault-codes.rst}, {@code
 * functionality.rst}, {@code smbus-protocol.rst}) and include/uapi/linux/i2c.h, i2c-dev.h; NXP
 * UM10204 (I²C-bus specification) revision 7; TI SCPS207 (TCA9548A).
 */
@NullMarked
package city.mycelium.driver.i2c.internal.bus;

import org.jspecify.annotations.NullMarked;
