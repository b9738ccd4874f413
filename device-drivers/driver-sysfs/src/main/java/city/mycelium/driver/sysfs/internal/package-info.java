/**
 * Devices that the kernel reads already, and lines that it watches: what turns a configuration into
 * a hosted device. What the devices are made of is in the packages below.
 */
@NullMarked
package city.mycelium.driver.sysfs.internal;

import org.jspecify.annotations.NullMarked;
