/** Devices that speak Modbus. */
@NullMarked
package city.mycelium.driver.modbus.internal;

import org.jspecify.annotations.NullMarked;
