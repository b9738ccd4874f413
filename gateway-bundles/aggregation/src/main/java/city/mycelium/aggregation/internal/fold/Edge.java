package city.mycelium.aggregation.internal.fold;

import city.mycelium.api.observation.Result;

/**
 * The last that was known before a window.
 *
 * @param phenomenonTime when it happened, UTC epoch milliseconds
 * @param result what was said
 */
public record Edge(long phenomenonTime, Result result) {}
