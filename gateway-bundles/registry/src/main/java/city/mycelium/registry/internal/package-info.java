/**
 * Keeps what the gateway knows of Things, devices and Datastreams: configuration below, an
 * append-only log of changes on top. Nobody's readings pass through here.
 */
@NullMarked
package city.mycelium.registry.internal;

import org.jspecify.annotations.NullMarked;
