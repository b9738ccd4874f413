/**
 * Hosts devices for the modules of the buses: reads each in its own time, hands over what it says,
 * and keeps in sight how it is. Knows no bus and no port; that is what the modules bring.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.driver.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
