/**
 * Devices that speak Modbus: turns configurations into devices that are read, and a profile's
 * registers into results. Knows neither bytes on a line ({@code wire}) nor files ({@code profile}).
 */
@NullMarked
package city.mycelium.driver.modbus.internal;

import org.jspecify.annotations.NullMarked;
