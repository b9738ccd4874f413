/**
 * What kits mean: from points and JSON to Readings. Which field is which property in which unit is
 * data, in {@link city.mycelium.driver.push.internal.kit.PaddenstoelFields} and {@link
 * city.mycelium.driver.push.internal.kit.AirRohrFields}. No network, no clock, no memory.
 */
@NullMarked
package city.mycelium.driver.push.internal.kit;

import org.jspecify.annotations.NullMarked;
