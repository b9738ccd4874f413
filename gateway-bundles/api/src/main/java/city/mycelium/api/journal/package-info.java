/**
 * The port of the append-only log: buffer, outbox and source of truth in one. Nothing here knows
 * SQL, files or who reads.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.journal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
