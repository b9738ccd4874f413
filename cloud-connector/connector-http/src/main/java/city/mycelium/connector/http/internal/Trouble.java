package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Reach;
import city.mycelium.tls.SetupException;
import city.mycelium.tls.TlsWords;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * Why a request has no answer.
 *
 * @param why for a person
 * @param mayHaveArrived whether the far end may have the request: false only where none of it can
 *     have been written, or where the far end turned this gateway's certificate down
 */
record Trouble(String why, boolean mayHaveArrived) {

  /** Says what failures of one platform mean. Safe for use by many threads. */
  static final class Words {

    private final HttpSettings settings;
    private final TlsWords tls;

    /**
     * Words about that platform.
     *
     * @param clockIsTrusted whether somebody vouches for this gateway's time now
     */
    Words(HttpSettings settings, BooleanSupplier clockIsTrusted) {
      this.settings = settings;
      this.tls = new TlsWords(platform(), settings.base().host(), clockIsTrusted);
    }

    String platform() {
      return settings.base().toString();
    }

    Trouble of(Throwable failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SetupException) {
          return new Trouble(String.valueOf(cause.getMessage()), false);
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
          return new Trouble(
              "did not reach "
                  + platform()
                  + ", a name that nobody knows: check the address, and the network's DNS",
              false);
        }
      }
      if (TlsWords.isTls(failure)) {
        return new Trouble(tls.of(failure), !isBeforeTheRequest(failure));
      }
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof NoRouteToHostException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof SocketTimeoutException) {
          return new Trouble(
              "did not reach " + platform() + ": check the network and the firewalls on the way",
              false);
        }
        if (cause instanceof ConnectException) {
          return new Trouble(
              "did not reach "
                  + platform()
                  + ", where nobody listens: does the platform run, is the port right?",
              false);
        }
        if (cause instanceof ProtocolException) {
          return new Trouble(
              "what answers at " + platform() + " does not speak HTTP/1.1: is the port right?",
              true);
        }
      }
      if (failure instanceof IOException) {
        return new Trouble(
            platform()
                + " closed the connection before its answer was complete, and may have the message:"
                + " see its log"
                + (settings.base().tls()
                    ? "; it may not trust this gateway's client certificate"
                    : "; it may expect https://"),
            true);
      }
      return new Trouble(platform() + ": " + failure, true);
    }

    Trouble silent() {
      return new Trouble(
          platform()
              + " did not answer within "
              + settings.timeout().toSeconds()
              + " s, and may have the message: it hangs, or timeoutSeconds is too short for it",
          true);
    }

    /** The same of a question, which changes nothing whether it arrived or not. */
    String silent(Duration patience) {
      return platform()
          + " took the request and did not answer within "
          + Reach.words(patience)
          + ": it hangs, or something else listens there";
    }

    private static boolean isBeforeTheRequest(Throwable failure) {
      if (TlsWords.isOfOurCertificate(failure)) {
        return true;
      }
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SSLHandshakeException
            || String.valueOf(cause.getMessage())
                .contains("Unsupported or unrecognized SSL message")) {
          return true;
        }
      }
      return false;
    }
  }
}
