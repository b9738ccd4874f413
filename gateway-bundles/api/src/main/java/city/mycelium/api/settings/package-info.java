/** Settings by name, checked against what takes them, with messages for whoever wrote them. */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
