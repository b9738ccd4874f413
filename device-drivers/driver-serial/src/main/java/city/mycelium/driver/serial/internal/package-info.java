/**
 * Serial ports and the devices on them: opens, listens, asks by the timetable, recovers, and hands
 * Readings over. What the bytes mean is told by the kinds of device, found as services, here or in
 * any other bundle; nothing of that may live here.
 *
 * <p>Never exported. Public, so that a plain {@code main} can put the parts together with {@code
 * new}.
 */
@NullMarked
package city.mycelium.driver.serial.internal;

import org.jspecify.annotations.NullMarked;
