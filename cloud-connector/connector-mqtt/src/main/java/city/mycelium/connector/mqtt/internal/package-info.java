/**
 * The MQTT 5 connector: bytes with a media type to and from the topics of one broker. What the
 * bytes mean is the dialect's business; what becomes of unanswered ones is sync's. The only room of
 * the gateway that knows Paho.
 *
 * <p>Never exported: other bundles get it as a service. Public, so that a plain {@code main} can
 * make it with {@code new}.
 */
@NullMarked
package city.mycelium.connector.mqtt.internal;

import org.jspecify.annotations.NullMarked;
