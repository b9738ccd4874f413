/** Devices that the kernel reads already. */
@NullMarked
package city.mycelium.driver.sysfs.internal;

import org.jspecify.annotations.NullMarked;
