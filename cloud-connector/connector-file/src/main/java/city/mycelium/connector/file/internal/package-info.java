/**
 * The file connector: bytes with a media type into the files of one folder, for a web server or an
 * open-data portal to pick up. What the bytes mean is the dialect's business; here a file is whole
 * or not there, and on the medium before it counts.
 *
 * <p>Never exported: other bundles get it as a service. Public, so that a plain {@code main} can
 * make it with {@code new}.
 */
@NullMarked
package city.mycelium.connector.file.internal;

import org.jspecify.annotations.NullMarked;
