/**
 * Commands that a person gives a running gateway. The transport (a UNIX socket) lives in the shell.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.api.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
