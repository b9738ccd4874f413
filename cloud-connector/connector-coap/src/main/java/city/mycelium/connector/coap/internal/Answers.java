package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.connector.coap.internal.oscore.Unverified;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;

/** What a server's responses mean (RFC 7252, 5.9; RFC 7959, 2.9; RFC 8516). */
final class Answers {

  /** A server that asks for more is asked again all the same. */
  private static final Duration LONGEST_HOLD_OFF = Duration.ofHours(1);

  /** Of what a server says for people, so much is passed on. */
  private static final int LONGEST_WORDS = 200;

  private final String server;

  /**
   * Of one server.
   *
   * @param server for people
   */
  Answers(String server) {
    this.server = "the server " + server;
  }

  Line.Result of(Response response) {
    if (response instanceof Unverified answer) {
      return Line.Result.of(unverified(answer));
    }
    ResponseCode code = response.getCode();
    return switch (code) {
      case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> heldOff(response);
      case UNAUTHORIZED, FORBIDDEN ->
          refused(
              server
                  + " does not let this gateway do that ("
                  + code.text
                  + said(response)
                  + "): check its access rules and the gateway's identity there");
      case REQUEST_ENTITY_TOO_LARGE -> Line.Result.of(tooLarge(response));
      case REQUEST_ENTITY_INCOMPLETE ->
          refused(
              server
                  + " lost a part of what was sent in blocks ("
                  + code.text
                  + said(response)
                  + "): all of it has to be sent again");
      default ->
          Line.Result.of(
              new Answer.Replied(
                  100 * code.codeClass + code.codeDetail,
                  headers(response.getOptions()),
                  response.getPayload()));
    };
  }

  /** What came in on a channel. */
  static Message received(String channel, Response response, boolean kept) {
    OptionSet options = response.getOptions();
    return new Message(
        channel,
        options.hasContentFormat()
            ? ContentFormat.mediaType(options.getContentFormat())
            : "application/octet-stream",
        response.getPayload(),
        kept);
  }

  /**
   * What may have happened to an answer that is not believed. Errors without protection are usual:
   * a server cannot protect what it says of a request that it could not open (RFC 8613, 8.2); but
   * anybody on the way can say the same.
   */
  private Answer unverified(Unverified answer) {
    Response outer = answer.outer();
    String what = " (" + outer.getCode().text + said(outer) + ")";
    if (answer.why() != Unverified.Why.UNPROTECTED) {
      return new Answer.Unknown(
          server
              + " gave an answer that the OSCORE key does not open: check oscoreRecipientId and"
              + " that the key, the salt and the id context are the same there; or somebody changed"
              + " it on the way");
    }
    if (outer.isSuccess()) {
      return new Answer.Unknown(
          server
              + " answered without OSCORE"
              + what
              + ", as anybody on the way could have: that is not believed. Is OSCORE switched on"
              + " for this resource?");
    }
    return switch (outer.getCode()) {
      case UNAUTHORIZED ->
          said(outer).toLowerCase(Locale.ROOT).contains("replay")
              ? new Answer.Unknown(
                  server
                      + " has seen this sequence number before"
                      + what
                      + ": if it goes on, the OSCORE key was used elsewhere or by a gateway before"
                      + " this one; give both ends a new key or another oscoreIdContext")
              : new Answer.Refused(
                  server
                      + " does not know this gateway's OSCORE context"
                      + what
                      + ": check oscoreSenderId and oscoreIdContext",
                  false);
      case BAD_REQUEST ->
          new Answer.Refused(
              server
                  + " cannot open what this gateway protects"
                  + what
                  + ": check that oscoreKeyFile, oscoreMasterSalt and the ids are the same there",
              false);
      case BAD_OPTION ->
          new Answer.Refused(
              server + " does not understand OSCORE" + what + ": is it switched on there?", false);
      default ->
          new Answer.Refused(
              server + " answered without OSCORE" + what + ": anybody could have", false);
    };
  }

  /** The same as one sentence. */
  String why(Unverified answer) {
    Answer told = unverified(answer);
    return told instanceof Answer.Refused refused ? refused.why() : ((Answer.Unknown) told).why();
  }

  /** Max-Age says how long (RFC 7252, 5.9.3.4; RFC 8516, 3); without it, it is 60 s (5.10.5). */
  private Line.Result heldOff(Response response) {
    Duration asked = Duration.ofSeconds(response.getOptions().getMaxAge());
    Duration holdOff = asked.compareTo(LONGEST_HOLD_OFF) > 0 ? LONGEST_HOLD_OFF : asked;
    return new Line.Result(
        new Answer.Refused(
            server
                + " asks to be left alone for "
                + asked.toSeconds()
                + " s ("
                + response.getCode().text
                + said(response)
                + ")",
            false),
        holdOff,
        false);
  }

  private Answer tooLarge(Response response) {
    OptionSet options = response.getOptions();
    return new Answer.TooLarge(
        server
            + " does not take so much at once ("
            + response.getCode().text
            + said(response)
            + ")"
            + (options.hasSize1() ? ": at most " + options.getSize1() + " bytes" : ""));
  }

  private static Line.Result refused(String why) {
    return Line.Result.of(new Answer.Refused(why, false));
  }

  /** RFC 7252, 5.5.2: an error may carry words for people. */
  private static String said(Response response) {
    OptionSet options = response.getOptions();
    boolean isText =
        !options.hasContentFormat() || options.getContentFormat() == ContentFormat.TEXT;
    if (!isText || response.getPayloadSize() == 0) {
      return "";
    }
    String words = new String(response.getPayload(), StandardCharsets.UTF_8);
    String one = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return one.isEmpty()
        ? ""
        : ": " + (one.length() > LONGEST_WORDS ? one.substring(0, LONGEST_WORDS) + "…" : one);
  }

  /** Under the names that HTTP has for the same things (RFC 8075, 7). */
  private static Map<String, String> headers(OptionSet options) {
    Map<String, String> headers = new TreeMap<>();
    if (options.hasContentFormat()) {
      headers.put("content-type", ContentFormat.mediaType(options.getContentFormat()));
    }
    if (options.getLocationPathCount() > 0 || options.getLocationQueryCount() > 0) {
      String query =
          options.getLocationQueryCount() > 0 ? "?" + options.getLocationQueryString() : "";
      headers.put("location", "/" + options.getLocationPathString() + query);
    }
    if (options.getETagCount() > 0) {
      headers.put("etag", '"' + HexFormat.of().formatHex(options.getETags().get(0)) + '"');
    }
    if (options.hasMaxAge()) {
      headers.put("cache-control", "max-age=" + options.getMaxAge());
    }
    return headers;
  }
}
