/**
 * The words of the field (OGC SensorThings, ISO 19156): what is observed, in which unit, with which
 * result. Values only: no port, no clock, no format lives here.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.observation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
