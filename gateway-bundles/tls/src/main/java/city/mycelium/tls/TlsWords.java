package city.mycelium.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What was wrong with TLS, in words for whoever runs the gateway. Safe for use by many threads.
 *
 * @param peer the far end, as a sentence names it: {@code the broker mqtts://b.example:8883}
 * @param host the name that its certificate must be for
 * @param clockIsTrusted whether somebody vouches for this gateway's time now. Without a clock
 *     battery a gateway wakes up in the past, where every good certificate is not yet valid
 */
public record TlsWords(String peer, String host, BooleanSupplier clockIsTrusted) {

  private static final String RECEIVED = "Received fatal alert: ";

  /**
   * TLS 1.3 alerts (RFC 8446, 6.2) that speak of the client's certificate, as the JDK says them.
   */
  private static final Map<String, String> OF_OUR_CERTIFICATE =
      Map.of(
          "certificate_required", "wants a client certificate: give certificateFile and keyFile",
          "certificate_expired",
              "says that this gateway's client certificate has expired: renew certificateFile",
          "certificate_revoked",
              "says that this gateway's client certificate was revoked: get a new one",
          "bad_certificate",
              "wants a client certificate that it trusts: check certificateFile and keyFile",
          "certificate_unknown",
              "wants a client certificate that it trusts: check certificateFile and keyFile",
          "unsupported_certificate",
              "does not take this gateway's kind of client certificate: ask for one that is meant"
                  + " for clients",
          "unknown_ca",
              "wants a client certificate that it trusts: it does not know the authority of the one"
                  + " in certificateFile",
          "access_denied",
              "knows this gateway's client certificate, and does not let it in: ask its operator");

  /** Whether TLS has a part in it at all. */
  public static boolean isTls(Throwable failure) {
    return within(failure, SSLException.class) != null || isOfCertificate(failure);
  }

  /** Whether the far end turned this gateway's own certificate, or the lack of one, down. */
  public static boolean isOfOurCertificate(Throwable failure) {
    return alert(failure) != null;
  }

  /** What was wrong, as one sentence that says what to do. */
  public String of(Throwable failure) {
    if (within(failure, CertificateNotYetValidException.class) != null
        || hasReason(failure, BasicReason.NOT_YET_VALID)) {
      return notYetValid(date(failure, CertificateNotYetValidException.class));
    }
    if (within(failure, CertificateExpiredException.class) != null
        || hasReason(failure, BasicReason.EXPIRED)) {
      return expired(date(failure, CertificateExpiredException.class));
    }
    if (hasReason(failure, BasicReason.REVOKED)) {
      return certificate() + " was revoked: its owner must get a new one";
    }
    if (hasReason(failure, BasicReason.ALGORITHM_CONSTRAINED)) {
      return certificate() + " is signed or made in a way that is no longer safe: renew it";
    }
    if (isOfCertificate(failure)
        || says(failure, "unable to find valid certification")
        || says(failure, "No trusted certificate found")) {
      return certificate()
          + " is not signed by an authority that is trusted here, or only by itself: put the"
          + " authority's certificate (or that one, if you know that it is right) into caFile";
    }
    if (says(failure, "subject alternative") || says(failure, "No name matching")) {
      return certificate()
          + " is for another name than "
          + host
          + ": use the name that it is for, or renew it with this one";
    }
    String alert = alert(failure);
    if (alert != null) {
      return peer + " " + OF_OUR_CERTIFICATE.get(alert);
    }
    if (says(failure, "Unsupported or unrecognized SSL message")) {
      return peer + " does not speak TLS on that port";
    }
    if (says(failure, RECEIVED + "protocol_version")
        || says(failure, RECEIVED + "handshake_failure")
        || says(failure, RECEIVED + "insufficient_security")) {
      return peer
          + " and this gateway have no way of speaking TLS in common: it must take TLS 1.2 or 1.3"
          + " with a modern cipher, and may want a client certificate";
    }
    if (says(failure, RECEIVED + "no_application_protocol")) {
      return peer
          + " speaks none of the protocols that it was offered in the TLS handshake: check alpn, and"
          + " the port";
    }
    if (says(failure, RECEIVED + "unrecognized_name")) {
      return peer + " does not know itself by the name " + host + ": check the address";
    }
    return "TLS with " + peer + " failed: " + lastWords(failure);
  }

  private String notYetValid(String date) {
    return clockIsTrusted.getAsBoolean()
        ? certificate()
            + " is not valid today but only later"
            + date
            + ": it was installed too early, or its authority's clock is wrong"
        : certificate()
            + " looks not yet valid"
            + date
            + ", but nobody vouches for this gateway's own clock: look at it (./mycelium clock);"
            + " when the time is right, it connects by itself";
  }

  private String expired(String date) {
    return clockIsTrusted.getAsBoolean()
        ? certificate() + " has expired and is not valid today" + date + ": renew it there"
        : certificate()
            + " looks expired"
            + date
            + ", but nobody vouches for this gateway's own clock: look at it first (./mycelium"
            + " clock), then renew the certificate there";
  }

  private String certificate() {
    return "the certificate of " + peer;
  }

  private static String date(Throwable failure, Class<? extends Throwable> kind) {
    Throwable found = within(failure, kind);
    String message = found == null ? null : found.getMessage();
    return message == null ? "" : " (" + message + ")";
  }

  private static boolean isOfCertificate(Throwable failure) {
    return within(failure, CertPathValidatorException.class) != null;
  }

  private static boolean hasReason(Throwable failure, BasicReason reason) {
    return within(failure, CertPathValidatorException.class) instanceof CertPathValidatorException e
        && e.getReason() == reason;
  }

  private static @Nullable String alert(Throwable failure) {
    for (String alert : OF_OUR_CERTIFICATE.keySet()) {
      if (says(failure, RECEIVED + alert)) {
        return alert;
      }
    }
    return null;
  }

  private static boolean says(Throwable failure, String words) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(words)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Throwable within(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return cause;
      }
    }
    return null;
  }

  private static String lastWords(Throwable failure) {
    Throwable last = within(failure, SSLException.class);
    return String.valueOf((last == null ? failure : last).getMessage());
  }
}
