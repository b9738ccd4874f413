/**
 * What the class of a device is made of: what it says of itself, how it is asked or heard, and what
 * it may answer. A device class needs this package and {@code observation}, and nothing else: no
 * port, no clock, no thread, no schedule; whoever owns the bus has those.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.device;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
