package city.mycelium.connector.mqtt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs, as PEM files (RFC 7468). Read at each attempt, so that renewed certificates count
 * without a restart.
 *
 * @param caFile certificates of the authorities that the broker's may be signed by; null: those
 *     that the Java runtime trusts
 * @param certificateFile the gateway's own certificate, and those between it and its authority
 * @param keyFile its private key: PKCS#8, not encrypted
 */
public record TlsFiles(
    @Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile) {

  public static final TlsFiles NONE = new TlsFiles(null, null, null);

  /** RFC 7468, 10: textual encoding of PKCS#8 private key info. */
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  public TlsFiles {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException(
          "certificateFile and keyFile belong together: give both or neither");
    }
  }

  /**
   * Sockets that trust and show what the files say.
   *
   * @throws SetupException if one of them cannot be read or is not what it must be
   */
  SSLSocketFactory socketFactory() throws SetupException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ownKeys(), trusted(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new SetupException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager @Nullable [] trusted()
      throws SetupException, GeneralSecurityException, IOException {
    if (caFile == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate authority : certificates(caFile)) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] ownKeys()
      throws SetupException, GeneralSecurityException, IOException {
    if (certificateFile == null || keyFile == null) {
      return null;
    }
    Certificate[] chain = certificates(certificateFile).toArray(new Certificate[0]);
    KeyStore store = emptyStore();
    char[] noPassword = {};
    store.setKeyEntry("own", key(keyFile, chain[0]), noPassword, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, noPassword);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws SetupException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new SetupException(file + " holds no certificate");
      }
      return all;
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw new SetupException(
          file + " is not a PEM file of certificates (BEGIN CERTIFICATE): " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file, Certificate own) throws SetupException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    Matcher pem = PKCS8.matcher(text);
    if (!pem.find()) {
      throw new SetupException(
          file
              + " holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY); make one of it with: openssl"
              + " pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SetupException(
          file + " does not hold the kind of key that its certificate speaks of", e);
    }
  }

  private static SetupException unreadable(Path file, IOException e) {
    return new SetupException(file + " cannot be read: is it there, may the gateway read it?", e);
  }
}
