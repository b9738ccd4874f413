/**
 * The wire between a gateway and the receiver (docs/wire.md) as values and one codec: data packs,
 * acknowledgements, status. For both ends. What a gateway does with them lives in the internal
 * package; nothing here knows a transport.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.dialect.senml;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
