/**
 * Observations as JSON for whoever has no dialect of their own: by a template of topics, and the
 * gateway API of ThingsBoard. Pure: no network, no clock, no thread, no log.
 */
@NullMarked
package city.mycelium.dialect.json.internal;

import org.jspecify.annotations.NullMarked;
