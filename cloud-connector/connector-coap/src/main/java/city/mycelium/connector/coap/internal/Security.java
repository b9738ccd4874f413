package city.mycelium.connector.coap.internal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How gateway and server prove to each other who they are (RFC 7252, 9.1.3). Files are read at each
 * attempt, so that a new key counts without a restart.
 */
public sealed interface Security {

  /** Nobody proves anything. */
  record None() implements Security {}

  /**
   * Both know the same key (RFC 7252, 9.1.3.1).
   *
   * @param identity which key it is, to the server
   * @param keyFile holds it: text, whose last line break is not part of it, or {@code hex:} and
   *     hexadecimal digits
   */
  record SharedKey(String identity, Path keyFile) implements Security {
    public SharedKey {
      if (identity.isEmpty()) {
        throw new IllegalArgumentException("pskIdentity and pskFile belong together: give both");
      }
    }
  }

  /**
   * Each knows the other's public key (RFC 7252, 9.1.3.2; RFC 7250). PEM files.
   *
   * @param keyFile the gateway's private key: PKCS#8, not encrypted
   * @param publicKeyFile the public key that belongs to it
   * @param serverKeyFile the server's public key; may hold several, for when it changes
   */
  record RawKeys(Path keyFile, Path publicKeyFile, Path serverKeyFile) implements Security {}

  /**
   * Certificates (RFC 7252, 9.1.3.3). PEM files.
   *
   * @param caFile of the authorities that may have signed the server's; null: those that the Java
   *     runtime trusts
   * @param certificateFile the gateway's own, and those between it and its authority; null: none
   * @param keyFile its private key: PKCS#8, not encrypted
   */
  record Certificates(@Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile)
      implements Security {
    public Certificates {
      if ((certificateFile == null) != (keyFile == null)) {
        throw new IllegalArgumentException(
            "certificateFile and keyFile belong together: give both or neither");
      }
    }
  }
}
