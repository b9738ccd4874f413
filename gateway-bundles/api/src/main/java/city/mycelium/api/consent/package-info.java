/**
 * What may leave the gateway, for whom, at which resolution and until when. The decision's words
 * live here, not its rules.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.consent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
