/**
 * Ultrasonic distance, and the level of water or of the content of a bin that it means. Pure: no
 * port, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.level;

import org.jspecify.annotations.NullMarked;
