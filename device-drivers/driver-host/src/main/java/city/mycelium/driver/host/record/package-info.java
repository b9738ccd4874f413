/**
 * What a record of raw frames is: the lines of its file, for whoever writes it on site and whoever
 * reads it at a desk. Pure: no file, no clock, no thread.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.driver.host.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
