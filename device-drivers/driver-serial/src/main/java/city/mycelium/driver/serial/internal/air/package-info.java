/**
 * Sensors of what is in the air: Plantower PMS, Sensirion SPS30, Winsen MH-Z19B. Pure: no port, no
 * clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.air;

import org.jspecify.annotations.NullMarked;
