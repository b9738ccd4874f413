package city.mycelium.api.connector;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a connector can say about a message it was given. */
public sealed interface Answer {

  /**
   * The far end itself answered; what that means is the dialect's to say. A transport that answers
   * by itself only whether it took the message gives this for a message that it took.
   *
   * @param status the transport's own code: an HTTP status; a CoAP code c.dd as c * 100 + dd, which
   *     is the HTTP status of like meaning (RFC 8075, 7); an MQTT reason code, below 0x80
   * @param headers what came beside it, such as {@code location}; names in lower case
   * @param body what came with it; empty if nothing did; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // read once by the dialect
  record Replied(int status, Map<String, String> headers, byte[] body) implements Answer {

    /** The lowest MQTT reason code that says no (MQTT 5, 2.4). */
    private static final int FIRST_MQTT_FAILURE = 0x80;

    public Replied {
      Map<String, String> lower = new TreeMap<>();
      headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      headers = Map.copyOf(lower);
    }

    /** Without headers. */
    public Replied(int status, byte[] body) {
      this(status, Map.of(), body);
    }

    /** Whether the far end did what it was asked, all of it or some (HTTP 207). */
    public boolean isSuccess() {
      return status < FIRST_MQTT_FAILURE || (status >= 200 && status < 300);
    }
  }

  /**
   * The far end or the transport refused it.
   *
   * @param why for a person
   * @param permanent sending the same again will not help
   */
  record Refused(String why, boolean permanent) implements Answer {}

  /**
   * It is more than the far end or the transport takes at once; less of it may be taken.
   *
   * @param why for a person, with the limit if it is known
   */
  record TooLarge(String why) implements Answer {}

  /**
   * Nobody knows: the line went dead first. It may have arrived.
   *
   * @param why for a person
   */
  record Unknown(String why) implements Answer {}
}
