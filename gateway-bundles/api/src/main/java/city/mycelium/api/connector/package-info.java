/**
 * Moving bytes with a media type to and from a platform. Nothing here knows what the bytes mean.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.connector;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
