package city.mycelium.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs, as PEM files (RFC 7468). They are read each time that they are asked for, so that
 * renewed certificates count without a restart. Immutable.
 *
 * @param caFile certificates of the authorities that the other side's may be signed by; null: those
 *     that the Java runtime trusts
 * @param certificateFile our own certificate, and those between it and its authority
 * @param keyFile its private key: PKCS#8, not encrypted
 */
public record TlsFiles(
    @Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile) {

  /** Nothing of our own, and whom the Java runtime trusts. */
  public static final TlsFiles NONE = new TlsFiles(null, null, null);

  /** RFC 7468, 10: PKCS#8 private key info. */
  private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";

  private static final String KEY_ENDS = "-----END PRIVATE KEY-----";

  /** RFC 7468, 11; and the heading of OpenSSL's older format (RFC 1421, 4.6.1.1). */
  private static final List<String> ENCRYPTED =
      List.of("-----BEGIN ENCRYPTED PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED");

  public TlsFiles {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException(
          "certificateFile and keyFile belong together: give both or neither");
    }
  }

  /** Of a server that shows a certificate and asks for none. */
  public static TlsFiles ofServer(Path certificateFile, Path keyFile) {
    return new TlsFiles(null, certificateFile, keyFile);
  }

  /**
   * TLS that trusts and shows what the files say now.
   *
   * @throws SetupException if one of them cannot be read or is not what it must be
   */
  public SSLContext context() throws SetupException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ownKeys(), trusted(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new SetupException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Sockets of such a context.
   *
   * @throws SetupException as {@link #context()}
   */
  public SSLSocketFactory socketFactory() throws SetupException {
    return context().getSocketFactory();
  }

  /** Something that differs when a file was changed. */
  public List<Object> stamp() {
    List<Object> stamps = new ArrayList<>();
    for (Path file : new Path[] {caFile, certificateFile, keyFile}) {
      if (file != null) {
        try {
          stamps.add(Files.getLastModifiedTime(file));
          stamps.add(Files.size(file));
        } catch (IOException e) {
          stamps.add(file + " cannot be read");
        }
      }
    }
    return stamps;
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
    PrivateKey key = key(keyFile, chain[0]);
    if (!belongTogether(key, chain[0].getPublicKey())) {
      throw new SetupException(
          keyFile + " is not the key of the certificate in " + certificateFile);
    }
    store.setKeyEntry("own", key, noPassword, chain);
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
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (ENCRYPTED.stream().anyMatch(text::contains)) {
      throw new SetupException(
          file
              + " holds an encrypted key, and nobody is there to type its password; decrypt it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key, and let nobody but the"
              + " gateway read it");
    }
    int begins = text.indexOf(KEY_BEGINS);
    int ends = text.indexOf(KEY_ENDS);
    if (begins < 0 || ends < begins) {
      throw new SetupException(
          file
              + " holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY); make one of it with: openssl"
              + " pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.substring(begins + KEY_BEGINS.length(), ends));
      return KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SetupException(
          file + " does not hold the kind of key that its certificate speaks of", e);
    }
  }

  /** Nothing else looks before the first handshake fails: while files are renewed they differ. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] something = algorithm.getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(something);
    byte[] signature = signer.sign();
    signer.initVerify(certified);
    signer.update(something);
    return signer.verify(signature);
  }

  private static SetupException unreadable(Path file, IOException e) {
    return new SetupException(file + " cannot be read: is it there, may the gateway read it?", e);
  }
}
