/**
 * The one way to Paho's client that is safe in a process that runs for years. What lives here
 * guards against defects of the wrapped version and is thrown away with them; how connections are
 * kept, and what messages mean, is the business of those who use it.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.libraries.paho;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
