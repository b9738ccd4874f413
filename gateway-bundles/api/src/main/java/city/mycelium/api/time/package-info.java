/**
 * Time and turns: the clock and the scheduler that everything else is given, so that tests can leap
 * and step.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
