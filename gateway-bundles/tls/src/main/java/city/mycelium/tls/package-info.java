/**
 * TLS by PEM files, secrets out of files, and words for what goes wrong with either: what every
 * room that talks to another machine shares. It opens no connection and knows no transport; needs
 * nothing but the JDK.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
