/**
 * Finding frames in a stream of bytes: the search, octets as numbers, and checksums. Pure: no port,
 * no clock, no thread, and nothing of any one device.
 */
@NullMarked
package city.mycelium.driver.serial.internal.frame;

import org.jspecify.annotations.NullMarked;
