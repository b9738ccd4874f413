/**
 * JSON (RFC 8259) for the dialects, over Jackson's streams: one way to write it, one way to read
 * it, with bounds. What the members mean is the dialects' affair
 * (docs/decisions/0137-json-for-the-dialects.md).
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
