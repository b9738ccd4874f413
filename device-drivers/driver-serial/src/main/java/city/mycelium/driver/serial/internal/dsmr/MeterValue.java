package city.mycelium.driver.serial.internal.dsmr;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import org.jspecify.annotations.Nullable;

/**
 * One value of one meter.
 *
 * @param time of its own, of another meter than the one that tells it; else null
 */
record MeterValue(String output, Result result, @Nullable PhenomenonTime time) {}
