/**
 * The SDS011 particulate matter sensor of Nova Fitness: its frames, its commands and its timetable.
 * Pure: no port, no clock, no thread.
 */
@NullMarked
package city.mycelium.driver.serial.internal.sds011;

import org.jspecify.annotations.NullMarked;
