/**
 * Real serial ports by way of jSerialComm: finds them, opens them, and notices when they die. The
 * only package that knows that library; nothing here knows what the bytes mean.
 */
@NullMarked
package city.mycelium.driver.serial.internal.line;

import org.jspecify.annotations.NullMarked;
