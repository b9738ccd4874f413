/**
 * The driver's side of the gateway: what a device class hands over and what it is told in return. A
 * driver needs this package, {@code observation} and {@code time}, and nothing else.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.driver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
