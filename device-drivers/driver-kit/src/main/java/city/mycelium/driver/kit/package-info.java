/**
 * What proves a driver: JUnit 5 tests that are given a device class and try to make it lie. For the
 * tests of drivers, ours and anybody's; never on a gateway.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.driver.kit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
