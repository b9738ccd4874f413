/**
 * The MQTT connector: bytes with a media type to and from the topics of one broker, in MQTT 5 or
 * 3.1.1, over TCP, TLS or WebSocket. What the bytes mean is the dialect's business; what becomes of
 * unanswered ones is sync's.
 *
 * <p>Never exported: other bundles get it as a service. Public, so that a plain {@code main} can
 * make it with {@code new}.
 */
@NullMarked
package city.mycelium.connector.mqtt.internal;

import org.jspecify.annotations.NullMarked;
