package city.mycelium.connector.coap.internal;

import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.KeyExchangeAlgorithm;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;

/** Californium, set up in code: it never sees a file of settings. */
final class DatagramSetup {

  /** The largest answer that is put together from blocks. */
  private static final int LARGEST_ANSWER = 1 << 20;

  /** One server, a resource directory, and what is being replaced. */
  private static final int MOST_ASSOCIATIONS = 8;

  /** Bytes; the _CCM_8 suites have half of it (RFC 6655, 4). */
  private static final int WHOLE_TAG = 16;

  private final CoapSettings settings;

  DatagramSetup(CoapSettings settings) {
    this.settings = settings;
  }

  Configuration configuration() {
    Pace pace = settings.pace();
    Configuration configuration =
        new Configuration(
            SystemConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            CoapConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS);
    configuration.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.SECONDS);
    configuration.set(CoapConfig.ACK_TIMEOUT, millis(pace), TimeUnit.MILLISECONDS);
    configuration.set(CoapConfig.MAX_RETRANSMIT, pace.maxRetransmit());
    configuration.set(CoapConfig.NSTART, pace.nstart());
    configuration.set(CoapConfig.PREFERRED_BLOCK_SIZE, pace.blockSize());
    configuration.set(CoapConfig.MAX_MESSAGE_SIZE, pace.blockSize());
    configuration.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, LARGEST_ANSWER);
    configuration.set(CoapConfig.MAX_ACTIVE_PEERS, MOST_ASSOCIATIONS);
    configuration.set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
    configuration.set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1);
    configuration.set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
    return configuration;
  }

  Connector connector(Configuration configuration) throws SetupException {
    InetSocketAddress anyPort = new InetSocketAddress(0);
    if (!settings.address().transport().isSecure()) {
      return new UDPConnector(anyPort, configuration);
    }
    Pace pace = settings.pace();
    DtlsConnectorConfig.Builder builder =
        DtlsConnectorConfig.builder(configuration)
            .setAddress(anyPort)
            .setLoggingTag("coap-" + settings.name())
            .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
            // RFC 9146, 3: a server may give us an id, ours has no bytes. A new address or port of
            // ours then costs no handshake, and the server's never changes.
            .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
            .set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, settings.address().isNamed())
            .set(
                DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT,
                Math.toIntExact(millis(pace)),
                TimeUnit.MILLISECONDS)
            .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, Math.max(1, pace.maxRetransmit()))
            .set(DtlsConfig.DTLS_MAX_CONNECTIONS, MOST_ASSOCIATIONS)
            .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    Security security = settings.security();
    if (security instanceof Security.SharedKey key) {
      builder.setAdvancedPskStore(
          new AdvancedSinglePskStore(key.identity(), Keys.shared(key.keyFile())));
    } else if (security instanceof Security.RawKeys keys) {
      raw(builder, keys);
    } else if (security instanceof Security.Certificates files) {
      certificates(builder, files);
    }
    try {
      return new DTLSConnector(preferring(builder.build()));
    } catch (IllegalStateException | IllegalArgumentException e) { // what does not fit together
      throw new SetupException("DTLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Offers AES-CCM with whole tags before what else the usual order has for the same key exchange:
   * as safe as AES-GCM, and two thirds of its cost where, as in a gateway, the JVM has no C2.
   */
  private static DtlsConnectorConfig preferring(DtlsConnectorConfig usual) {
    List<CipherSuite> order = new ArrayList<>(usual.getSupportedCipherSuites());
    List<KeyExchangeAlgorithm> exchanges =
        order.stream().map(CipherSuite::getKeyExchange).distinct().toList();
    order.sort(
        Comparator.<CipherSuite>comparingInt(suite -> exchanges.indexOf(suite.getKeyExchange()))
            .thenComparing(suite -> !isWholeCcm(suite)));
    return DtlsConnectorConfig.builder(usual).set(DtlsConfig.DTLS_CIPHER_SUITES, order).build();
  }

  private static boolean isWholeCcm(CipherSuite suite) {
    return suite.name().contains("_AES_128_CCM") && suite.getMacLength() == WHOLE_TAG;
  }

  private static long millis(Pace pace) {
    return pace.ackTimeout().toMillis();
  }

  private static void raw(DtlsConnectorConfig.Builder builder, Security.RawKeys keys)
      throws SetupException {
    PublicKey own = Keys.publicKeys(keys.publicKeyFile()).get(0);
    builder.setCertificateIdentityProvider(
        new SingleCertificateProvider(Keys.privateKey(keys.keyFile(), own), own));
    builder.setAdvancedCertificateVerifier(
        StaticNewAdvancedCertificateVerifier.builder()
            .setTrustedRPKs(
                Keys.publicKeys(keys.serverKeyFile()).stream()
                    .map(RawPublicKeyIdentity::new)
                    .toArray(RawPublicKeyIdentity[]::new))
            .build());
  }

  private static void certificates(DtlsConnectorConfig.Builder builder, Security.Certificates files)
      throws SetupException {
    if (files.certificateFile() != null && files.keyFile() != null) {
      X509Certificate[] chain =
          Keys.certificates(files.certificateFile()).toArray(new X509Certificate[0]);
      builder.setCertificateIdentityProvider(
          new SingleCertificateProvider(
              Keys.privateKey(files.keyFile(), chain[0].getPublicKey()), chain));
    }
    builder.setAdvancedCertificateVerifier(
        StaticNewAdvancedCertificateVerifier.builder()
            .setTrustedCertificates(Keys.authorities(files.caFile()).toArray(new Certificate[0]))
            .build());
  }
}
