/**
 * The connection to the broker: messages in, acknowledgements out, again and again after every
 * loss. The only package that knows Paho; nothing here knows what a payload means.
 */
@NullMarked
package city.mycelium.receiver.internal.mqtt;

import org.jspecify.annotations.NullMarked;
