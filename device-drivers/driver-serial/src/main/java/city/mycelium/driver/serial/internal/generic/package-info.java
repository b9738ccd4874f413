/**
 * Devices that nobody wrote a class for: lines of text and binary frames, described in
 * configuration. Pure: no port, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.generic;

import org.jspecify.annotations.NullMarked;
