package city.mycelium.receiver.internal.intake;

/**
 * A message from the broker.
 *
 * @param contentType as the sender said it; empty if it did not
 * @param payload not copied
 * @param settle tells the broker that it need not keep the message any longer; for the connection
 *     that brought it, otherwise it does nothing
 */
@SuppressWarnings("ArrayRecordComponent") // a payload is read once, nobody compares messages
public record Inbound(String topic, String contentType, byte[] payload, Runnable settle) {}
