/**
 * The HTTP API: routes, parameters, and the answers as JSON, GeoJSON and CSV. It only reads, and
 * everything it knows it asks of the query package.
 */
@NullMarked
package city.mycelium.receiver.internal.http;

import org.jspecify.annotations.NullMarked;
