package city.mycelium.connector.coap.internal;

import city.mycelium.connector.coap.internal.oscore.SequenceException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;

/** What went wrong with a connection, in words for whoever runs the gateway. */
final class Failure {

  /** RFC 6347, 4.2.4: a client says in this flight of a full handshake that it has the key. */
  private static final int CLIENTS_PROOF = 5;

  private final CoapSettings settings;

  Failure(CoapSettings settings) {
    this.settings = settings;
  }

  String words(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SequenceException) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof DtlsHandshakeTimeoutException timeout) {
        return silentInHandshake(timeout.getFlightNumber());
      }
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return "the certificate of "
            + server()
            + " is not valid today: renew it, or check this gateway's clock";
      }
      if (cause instanceof CertPathValidatorException
          || String.valueOf(cause.getMessage()).contains("unable to find valid certification")) {
        return untrusted();
      }
      if (cause instanceof UnknownHostException) {
        return server() + " is a name that nobody knows: check the uri, and the network's DNS";
      }
      if (cause instanceof ConnectException || cause instanceof PortUnreachableException) {
        return "nobody listens at " + server() + ": does the server run, is the port right?";
      }
      if (cause instanceof NoRouteToHostException || cause instanceof SocketTimeoutException) {
        return server() + " cannot be reached: check the network and the firewalls on the way";
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HandshakeException handshake) {
        return handshake(handshake);
      }
      if (cause instanceof SSLException) {
        return tls(String.valueOf(cause.getMessage()));
      }
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return closed();
      }
    }
    return server() + ": " + failure;
  }

  /** It took the connection, or part of a handshake, and then said nothing. */
  String silentFromTheBeginning() {
    String within = " within " + settings.pace().connectTimeout().toSeconds() + " s";
    return settings.address().transport().isDatagram()
        ? server()
            + " does not answer"
            + within
            + ": does it run, is the port right, does a firewall drop UDP"
            + (settings.address().transport().isSecure()
                ? ", and does it speak DTLS there?"
                : ", or does it expect DTLS there (coaps://)?")
        : server()
            + " took the connection and did not answer"
            + within
            + ": is it a CoAP server"
            + (settings.address().transport().isSecure()
                ? ", and does it speak TLS there?"
                : ", and does it expect TLS there (coaps+tcp://)?");
  }

  /**
   * A DTLS handshake stopped.
   *
   * @param flight the last one of ours that nobody answered (RFC 6347, 4.2.4)
   */
  String silentInHandshake(int flight) {
    return flight < CLIENTS_PROOF
        ? silentFromTheBeginning()
        : server()
            + " began the DTLS handshake and did not finish it: "
            + (settings.security() instanceof Security.SharedKey
                ? "most likely it has another key for this identity: check pskIdentity and pskFile"
                : "most likely it does not trust this gateway's key: check its configuration");
  }

  /** Its answers stopped coming. */
  String silent() {
    return server() + " no longer answers: it hangs, it was restarted, or the line is dead";
  }

  String closed() {
    return server()
        + " closed the connection without a word: see its log"
        + (settings.address().transport() == Transport.TCP
            ? "; it may expect TLS on that port"
            : "");
  }

  /** It answers, but a channel cannot be listened to. */
  String notObservable(String channel, String what) {
    return server()
        + " does not let '"
        + channel
        + "' be observed ("
        + what
        + "): check the path in uri, and whether the server offers it";
  }

  String saidGoodbye(String why) {
    return server() + " ended the connection" + (why.isEmpty() ? "" : ": " + why);
  }

  private String handshake(HandshakeException failure) {
    AlertMessage alert = failure.getAlert();
    String name = alert == null ? "" : alert.getDescription().name();
    return switch (name) {
      case "UNKNOWN_PSK_IDENTITY" ->
          server() + " does not know the identity: check pskIdentity (DTLS alert " + name + ")";
      case "DECRYPT_ERROR", "BAD_RECORD_MAC" ->
          server()
              + " has another key for this identity: check pskIdentity and pskFile (DTLS alert "
              + name
              + ")";
      case "HANDSHAKE_FAILURE", "INSUFFICIENT_SECURITY" ->
          server()
              + " and this gateway have no way of proving who they are in common: is it set up for"
              + " the kind of key that is configured here? (DTLS alert "
              + name
              + ")";
      case "UNKNOWN_CA" -> untrusted();
      case "BAD_CERTIFICATE", "CERTIFICATE_UNKNOWN", "UNSUPPORTED_CERTIFICATE", "ACCESS_DENIED" ->
          isOurs(failure)
              ? "what "
                  + server()
                  + " shows of itself is not what is trusted here: check caFile or serverKeyFile,"
                  + " and that its certificate is for "
                  + settings.address().host()
                  + " (DTLS alert "
                  + name
                  + ")"
              : server()
                  + " does not trust what this gateway shows of itself: check certificateFile,"
                  + " keyFile and the server's configuration (DTLS alert "
                  + name
                  + ")";
      case "CERTIFICATE_EXPIRED" ->
          "a certificate is not valid today: renew it, or check this gateway's clock (DTLS alert "
              + name
              + ")";
      default ->
          "the DTLS handshake with "
              + server()
              + " failed: "
              + failure.getMessage()
              + (name.isEmpty() ? "" : " (DTLS alert " + name + ")");
    };
  }

  /** Scandium says of alerts that came from the other side that they were received. */
  private static boolean isOurs(HandshakeException failure) {
    return !String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("received");
  }

  private String untrusted() {
    return "the certificate of "
        + server()
        + " is not signed by an authority that is trusted here: put the authority's certificate"
        + " into caFile";
  }

  private String tls(String message) {
    if (message.contains("subject alternative") || message.contains("No name matching")) {
      return "the certificate of "
          + server()
          + " is for another name than "
          + settings.address().host();
    }
    if (message.contains("certificate_required")
        || message.contains("bad_certificate")
        || message.contains("unknown_ca")) {
      return server()
          + " wants a client certificate that it trusts: check certificateFile and keyFile";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return server() + " does not speak TLS on that port";
    }
    return "TLS with " + server() + " failed: " + message;
  }

  private String server() {
    return "the server " + settings.address().server();
  }
}
