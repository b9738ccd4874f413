package city.mycelium.api.connector;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Bytes with a media type on a channel of a Destination. The connector maps the channel to what its
 * transport has: a topic below a prefix, a path below a base address.
 *
 * @param verb what is asked of the far end
 * @param channel such as {@code data}, or a relative reference with its query (RFC 3986, 4.2) such
 *     as {@code Things?$top=1}: 1 to 2000 printable ASCII characters without space, quotation mark,
 *     {@code # + < > \ ^ ` { | }}; those are percent-encoded where they are meant
 * @param headers what goes beside the payload on transports that have such: HTTP's fields (RFC
 *     9110, 6.3). Nothing that the transport says itself, and no password
 * @param mediaType such as {@code application/senml+cbor}
 * @param payload the bytes; not copied, must not change
 * @param retained whether the far end keeps it for whoever comes later
 * @param qos how much trouble the transport goes to
 */
@SuppressWarnings("ArrayRecordComponent") // payloads travel, nobody compares them
public record Message(
    Verb verb,
    String channel,
    Map<String, String> headers,
    String mediaType,
    byte[] payload,
    boolean retained,
    Qos qos) {

  private static final Pattern CHANNEL = Pattern.compile("[!-~&&[^\"#+<>\\\\^`{|}]]{1,2000}");

  public Message {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("not a channel name: '" + channel + "'");
    }
    headers = Map.copyOf(headers);
  }

  /** To be taken by the far end, without headers, at least once. */
  public Message(String channel, String mediaType, byte[] payload, boolean retained) {
    this(Verb.POST, channel, Map.of(), mediaType, payload, retained, Qos.AT_LEAST_ONCE);
  }

  /** To be taken by the far end, at least once. */
  public static Message post(String channel, String mediaType, byte[] payload) {
    return new Message(channel, mediaType, payload, false);
  }

  /** A question without a payload. */
  public static Message get(String channel, String accept) {
    return new Message(
        Verb.GET, channel, Map.of("Accept", accept), accept, new byte[0], false, Qos.AT_LEAST_ONCE);
  }

  /** The same with this verb. */
  public Message by(Verb other) {
    return new Message(other, channel, headers, mediaType, payload, retained, qos);
  }

  /** The same with these headers and no others. */
  public Message with(Map<String, String> other) {
    return new Message(verb, channel, other, mediaType, payload, retained, qos);
  }

  /** The same, sent once. */
  public Message atMostOnce() {
    return new Message(verb, channel, headers, mediaType, payload, retained, Qos.AT_MOST_ONCE);
  }
}
