/**
 * Lines of the kernel's GPIO character device: pulses that are counted and levels that are told.
 * What is native is behind {@link city.mycelium.driver.sysfs.internal.gpio.Kernel} and loaded when
 * the first line is opened.
 */
@NullMarked
package city.mycelium.driver.sysfs.internal.gpio;

import org.jspecify.annotations.NullMarked;
