package city.mycelium.connector.http.internal;

import city.mycelium.tls.TlsFiles;
import java.time.Duration;
import java.util.Map;

/**
 * One platform, as the configuration states it. Immutable.
 *
 * @param name of the Destination that it serves, for logs and threads
 * @param base where it listens
 * @param allowPlaintext whether everybody on the way may read along; without it TLS is asked of
 *     every platform that is not on this machine
 * @param headers beside each message; they go before a dialect's own of the same name
 * @param timeout for a request until its answer is complete
 * @param inFlight at most so many requests at once
 * @param gzipFromBytes payloads from this size on are compressed; 0: none is
 * @param retryAtFirst pause after the first trouble; later ones double it
 * @param retryAtMost the longest of those pauses
 */
public record HttpSettings(
    String name,
    BaseAddress base,
    boolean allowPlaintext,
    TlsFiles tls,
    Login login,
    Map<String, String> headers,
    Duration timeout,
    int inFlight,
    int gzipFromBytes,
    Duration retryAtFirst,
    Duration retryAtMost) {

  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration USUAL_RETRY_AT_FIRST = Duration.ofSeconds(1);
  public static final Duration USUAL_RETRY_AT_MOST = Duration.ofSeconds(60);
  public static final int USUAL_IN_FLIGHT = 4;

  /** About what one Ethernet frame holds beside the headers: below it nothing is saved. */
  public static final int USUAL_GZIP_FROM_BYTES = 1_000;

  /** To be reached, for TCP and TLS, and not longer than the whole may take. */
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);

  private static final int MOST_IN_FLIGHT = 64;

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  public HttpSettings {
    headers = Map.copyOf(headers);
    if (!base.tls() && !allowPlaintext && !base.isLoopback()) {
      throw wrong(
          name,
          base
              + " is not on this machine and would be spoken to without TLS; use https://, or say"
              + " allowPlaintext=true if everybody on the way may read along");
    }
    if (!base.tls() && !tls.equals(TlsFiles.NONE)) {
      throw wrong(name, "certificates are of no use without TLS; use https://");
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw wrong(name, "timeout is 1 to 600 seconds, not " + timeout);
    }
    if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
      throw wrong(name, "inFlight is 1 to " + MOST_IN_FLIGHT + ", not " + inFlight);
    }
    if (gzipFromBytes < 0) {
      throw wrong(name, "gzipFromBytes is 0 (never) or more, not " + gzipFromBytes);
    }
    if (retryAtFirst.toMillis() < 1 || retryAtMost.compareTo(retryAtFirst) < 0) {
      throw wrong(name, "retryAtMost is not less than retryAtFirst, which is positive");
    }
  }

  /** Without certificates and login, and with the usual times. */
  public static HttpSettings usual(String name, BaseAddress base) {
    return new HttpSettings(
        name,
        base,
        false,
        TlsFiles.NONE,
        Login.NONE,
        Map.of(),
        USUAL_TIMEOUT,
        USUAL_IN_FLIGHT,
        USUAL_GZIP_FROM_BYTES,
        USUAL_RETRY_AT_FIRST,
        USUAL_RETRY_AT_MOST);
  }

  /** The same without a login: as anybody would ask. */
  HttpSettings withoutLogin() {
    return new HttpSettings(
        name,
        base,
        allowPlaintext,
        tls,
        Login.NONE,
        headers,
        timeout,
        inFlight,
        gzipFromBytes,
        retryAtFirst,
        retryAtMost);
  }

  Duration connectTimeout() {
    return timeout.compareTo(MOST_TO_CONNECT) < 0 ? timeout : MOST_TO_CONNECT;
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException("destination " + name + ": " + what);
  }
}
