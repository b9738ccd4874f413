/**
 * Dutch smart meters by their customer port. What a telegram says of persons and of single devices
 * does not leave this package. Pure: no port, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.dsmr;

import org.jspecify.annotations.NullMarked;
