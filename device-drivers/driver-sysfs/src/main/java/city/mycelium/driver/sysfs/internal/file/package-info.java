/**
 * Devices that show in files of the kernel: how the files are read, and what each kind of device
 * makes of them. No schedule, no clock, no thread; those are of the host.
 */
@NullMarked
package city.mycelium.driver.sysfs.internal.file;

import org.jspecify.annotations.NullMarked;
