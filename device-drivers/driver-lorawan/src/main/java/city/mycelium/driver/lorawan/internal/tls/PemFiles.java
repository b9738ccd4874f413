package city.mycelium.driver.lorawan.internal.tls;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What TLS needs, as PEM files (RFC 7468). They are read each time that they are asked for.
 *
 * @param caFile certificates of the authorities that the other side's may be signed by; null: those
 *     that the Java runtime trusts
 * @param certificateFile our own certificate, and those between it and its authority
 * @param keyFile its private key: PKCS#8, not encrypted
 */
public record PemFiles(
    @Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile) {

  /** Nothing of our own, and whom the Java runtime trusts. */
  public static final PemFiles NONE = new PemFiles(null, null, null);

  private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_ENDS = "-----END PRIVATE KEY-----";

  public PemFiles {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException(
          "certificateFile and keyFile belong together: give both or neither");
    }
  }

  /** Of a server that shows a certificate and asks for none. */
  public static PemFiles ofServer(Path certificateFile, Path keyFile) {
    return new PemFiles(null, certificateFile, keyFile);
  }

  /**
   * TLS by these files as they are now.
   *
   * @throws PemException if one of them cannot be read or is not what it must be
   */
  public SSLContext context() throws PemException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ownKeys(), trusted(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new PemException("TLS cannot be set up: " + e.getMessage(), e);
    }
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
      throws PemException, GeneralSecurityException, IOException {
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
      throws PemException, GeneralSecurityException, IOException {
    if (certificateFile == null || keyFile == null) {
      return null;
    }
    Certificate[] chain = certificates(certificateFile).toArray(new Certificate[0]);
    KeyStore store = emptyStore();
    char[] noPassword = {};
    PrivateKey key = key(keyFile, chain[0]);
    if (!belongTogether(key, chain[0].getPublicKey())) {
      throw new PemException(keyFile + " is not the key of the certificate in " + certificateFile);
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

  private static Collection<? extends Certificate> certificates(Path file) throws PemException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new PemException(file + " holds no certificate");
      }
      return all;
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw new PemException(
          file + " is not a PEM file of certificates (BEGIN CERTIFICATE): " + e.getMessage(), e);
    }
  }

  /** RFC 7468, 10: PKCS#8 private key info. */
  private static PrivateKey key(Path file, Certificate own) throws PemException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    int begins = text.indexOf(KEY_BEGINS);
    int ends = text.indexOf(KEY_ENDS);
    if (begins < 0 || ends < begins) {
      throw new PemException(
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
      throw new PemException(
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

  private static PemException unreadable(Path file, IOException e) {
    return new PemException(file + " cannot be read: is it there, may the gateway read it?", e);
  }
}
