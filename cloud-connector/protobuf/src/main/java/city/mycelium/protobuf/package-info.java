/**
 * The wire format of Protocol Buffers (protobuf.dev, Encoding): fields by number, both ways, with
 * bounds. What the fields mean is the dialects' affair (docs/decisions/0133-protobuf.md).
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.protobuf;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
