/**
 * Turning Observations into a platform's payloads and its answers into outcomes. Pure: no network,
 * no clock, no thread.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.dialect;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
