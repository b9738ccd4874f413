package city.mycelium.api.connector;

import java.util.regex.Pattern;

/**
 * Bytes with a media type on a channel of a Destination. The connector maps the channel to what its
 * transport has: a topic below a prefix, a path, a resource.
 *
 * @param channel such as {@code data}: 1 to 200 of A-Z a-z 0-9 - . _ / $
 * @param mediaType such as {@code application/senml+cbor}
 * @param payload the bytes; not copied, must not change
 * @param retained whether the far end keeps it for whoever comes later
 */
@SuppressWarnings("ArrayRecordComponent") // payloads travel, nobody compares them
public record Message(String channel, String mediaType, byte[] payload, boolean retained) {

  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9\\-._/$]{1,200}");

  public Message {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("not a channel name: '" + channel + "'");
    }
  }
}
