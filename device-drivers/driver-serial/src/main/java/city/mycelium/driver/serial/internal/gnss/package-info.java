/**
 * GNSS receivers that speak NMEA 0183: sentences, fixes, and what they tell of position and time.
 * Pure: no port, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.gnss;

import org.jspecify.annotations.NullMarked;
