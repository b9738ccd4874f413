/**
 * Who and what is known: Things, devices, adoption, Datastreams. Only the port and its records live
 * here; how they are kept is the registry's own business.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.registry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
