/**
 * The HTTP connector: bytes with a media type to the paths below one base address, by the JDK's own
 * client. What the bytes and the answers mean is the dialect's business; what becomes of unanswered
 * ones is sync's.
 *
 * <p>Never exported: other bundles get it as a service. Public, so that a plain {@code main} can
 * make it with {@code new}.
 */
@NullMarked
package city.mycelium.connector.http.internal;

import org.jspecify.annotations.NullMarked;
