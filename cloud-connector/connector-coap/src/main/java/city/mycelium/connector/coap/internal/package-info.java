/**
 * The CoAP connector: bytes with a media type to and from the resources of one server, over UDP,
 * DTLS, TCP or TLS. What the bytes mean is the dialect's business; what becomes of unanswered ones
 * is sync's. The only room of the gateway that knows Californium.
 *
 * <p>Never exported: other bundles get it as a service. Public, so that a plain {@code main} can
 * make it with {@code new}.
 */
@NullMarked
package city.mycelium.connector.coap.internal;

import org.jspecify.annotations.NullMarked;
