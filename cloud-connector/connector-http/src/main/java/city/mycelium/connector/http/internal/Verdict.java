package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a complete answer means to this connector.
 *
 * @param answer what the Destination is told
 * @param line what it means for the messages after it
 * @param askedPause how long the server asks to be left alone, if it does
 */
record Verdict(Answer answer, Line line, Optional<Duration> askedPause) {

  /** What an answer says of the line. */
  enum Line {
    /** The platform itself answered: go on. */
    GOOD,
    /** This message has to wait; others may go. */
    NOT_NOW,
    /** It asks for less: nothing goes for a while. */
    SHUT,
    /** Neither a login nor a redirect mends itself in a second: nothing goes for a long while. */
    SHUT_FOR_LONG,
    /** As before, unless others were taken meanwhile: then it is about this message only. */
    SHUT_FOR_LONG_UNLESS_OTHERS_WERE_TAKEN
  }

  private static final int LONGEST_PLACE = 200;

  /** Of a status (RFC 9110, 15; RFC 6585 for 429; RFC 8470 for 425), by one platform. */
  static Verdict of(
      String platform,
      String sentTo,
      int status,
      Map<String, String> headers,
      byte[] body,
      Optional<Duration> retryAfter) {
    return switch (status) {
      case 401 ->
          refused(
              platform
                  + " does not take this gateway's login (401): check user and passwordFile, or"
                  + " tokenFile and tokenScheme",
              Line.SHUT_FOR_LONG,
              retryAfter);
      case 403 ->
          refused(
              platform
                  + " knows this gateway's login and does not let it do this (403): its operator has"
                  + " to allow it",
              Line.SHUT_FOR_LONG_UNLESS_OTHERS_WERE_TAKEN,
              retryAfter);
      case 407 ->
          refused(
              "a proxy on the way to "
                  + platform
                  + " asks for a login of its own (407): let the gateway out without it",
              Line.SHUT_FOR_LONG,
              retryAfter);
      case 408, 425, 502, 504 ->
          refused(
              platform + " cannot take it now (" + status + ")",
              retryAfter.isPresent() ? Line.SHUT : Line.NOT_NOW,
              retryAfter);
      case 429 ->
          refused(
              platform + " asks for fewer messages (429): it is left alone for a while",
              Line.SHUT,
              retryAfter);
      case 503 ->
          refused(
              platform + " is overloaded or under maintenance (503): it is left alone for a while",
              Line.SHUT,
              retryAfter);
      case 413 ->
          new Verdict(
              new Answer.TooLarge(platform + " does not take so much at once (413)"),
              Line.GOOD,
              Optional.empty());
      case 304 -> replied(status, headers, body);
      default ->
          status >= 300 && status < 400
              ? refused(
                  redirected(platform, sentTo, status, headers.get("location")),
                  Line.SHUT_FOR_LONG_UNLESS_OTHERS_WERE_TAKEN,
                  retryAfter)
              : replied(status, headers, body);
    };
  }

  private static Verdict replied(int status, Map<String, String> headers, byte[] body) {
    return new Verdict(new Answer.Replied(status, headers, body), Line.GOOD, Optional.empty());
  }

  private static Verdict refused(String why, Line line, Optional<Duration> retryAfter) {
    return new Verdict(new Answer.Refused(why, false), line, retryAfter);
  }

  private static String redirected(
      String platform, String sentTo, int status, @Nullable String to) {
    String where = to == null ? "does not say where" : "to " + withoutSecrets(to, LONGEST_PLACE);
    return platform
        + " sends "
        + withoutSecrets(sentTo, LONGEST_PLACE)
        + " elsewhere ("
        + status
        + ": "
        + where
        + "), where this gateway does not follow: if that is right, change url";
  }

  /** Of an address what may get into a log: no user, no query, nothing that is not printable. */
  static String withoutSecrets(String address, int longest) {
    String rest = address.replaceFirst("[?#].*(?s:.*)", "").replaceAll("[^!-~]", "");
    rest = rest.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*@", "$1//");
    return rest.length() > longest ? rest.substring(0, longest) + "…" : rest;
  }
}
