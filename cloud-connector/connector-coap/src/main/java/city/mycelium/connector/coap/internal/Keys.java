package city.mycelium.connector.coap.internal;

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
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads keys and certificates from files, most of them PEM (RFC 7468). */
final class Keys {

  /** RFC 7468, 10: textual encoding of PKCS#8 private key info. */
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** RFC 7468, 13: textual encoding of subject public key info. */
  private static final Pattern PUBLIC =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  /** What Scandium can sign with. */
  private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "Ed448", "RSA");

  private Keys() {}

  /** The key of {@link Security.SharedKey}. */
  static byte[] shared(Path file) throws SetupException {
    String text = read(file).replaceFirst("\\R\\z", "");
    if (text.isEmpty()) {
      throw new SetupException(file + " is empty: it should hold the pre-shared key");
    }
    if (!text.startsWith("hex:")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(text.substring("hex:".length()).strip());
    } catch (IllegalArgumentException e) {
      throw new SetupException(file + " begins with hex: and then holds no hexadecimal digits", e);
    }
  }

  static List<X509Certificate> certificates(Path file) throws SetupException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
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

  /** The authorities in the file; without one those that the Java runtime trusts. */
  static List<X509Certificate> authorities(@Nullable Path file) throws SetupException {
    if (file != null) {
      return certificates(file);
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new SetupException(
          "the Java runtime's own authorities cannot be read: give a caFile", e);
    }
  }

  static PrivateKey privateKey(Path file, PublicKey belongsTo) throws SetupException {
    Matcher pem = PKCS8.matcher(read(file));
    if (!pem.find()) {
      throw new SetupException(
          file
              + " holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY); make one of it with: openssl"
              + " pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(belongsTo.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SetupException(
          file + " does not hold the kind of key that its public part speaks of", e);
    }
  }

  /** One or more. */
  static List<PublicKey> publicKeys(Path file) throws SetupException {
    List<PublicKey> keys = new ArrayList<>();
    for (Matcher pem = PUBLIC.matcher(read(file)); pem.find(); ) {
      keys.add(publicKey(file, Base64.getMimeDecoder().decode(pem.group(1))));
    }
    if (keys.isEmpty()) {
      throw new SetupException(
          file
              + " holds no public key (BEGIN PUBLIC KEY); make it with: openssl pkey -in own.key"
              + " -pubout -out own.pub");
    }
    return keys;
  }

  private static PublicKey publicKey(Path file, byte[] encoded) throws SetupException {
    SetupException none =
        new SetupException(file + " holds a public key of a kind that is not known here");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) { // it is of another kind
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  /** Sockets for {@link Transport#TLS}. */
  static SSLSocketFactory sockets(Security.Certificates files) throws SetupException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ownKeys(files), trusted(files), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new SetupException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trusted(Security.Certificates files)
      throws SetupException, GeneralSecurityException, IOException {
    if (files.caFile() == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate authority : certificates(files.caFile())) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] ownKeys(Security.Certificates files)
      throws SetupException, GeneralSecurityException, IOException {
    if (files.certificateFile() == null || files.keyFile() == null) {
      return null;
    }
    X509Certificate[] chain = certificates(files.certificateFile()).toArray(new X509Certificate[0]);
    KeyStore store = emptyStore();
    char[] noPassword = {};
    store.setKeyEntry(
        "own", privateKey(files.keyFile(), chain[0].getPublicKey()), noPassword, chain);
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

  private static String read(Path file) throws SetupException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static SetupException unreadable(Path file, IOException e) {
    return new SetupException(file + " cannot be read: is it there, may the gateway read it?", e);
  }
}
