/**
 * What a kind of serial device tells about itself, so that the port loop can serve it. Values and
 * pure functions only: no port, no clock, no thread may come in here.
 */
@NullMarked
package city.mycelium.driver.serial.internal.device;

import org.jspecify.annotations.NullMarked;
