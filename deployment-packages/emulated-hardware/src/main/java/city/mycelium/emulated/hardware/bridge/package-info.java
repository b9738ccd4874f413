/**
 * An I²C bus that takes plain transfers, for a kernel that has none: a USB bridge MCP2221A, played
 * behind {@code /dev/uhid}, with chips behind it. The kernel's own driver serves it, so that {@code
 * /dev/i2c-N} is as real as with the part.
 */
@NullMarked
package city.mycelium.emulated.hardware.bridge;

import org.jspecify.annotations.NullMarked;
