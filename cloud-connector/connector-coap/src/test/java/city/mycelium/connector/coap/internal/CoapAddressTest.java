package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoapAddressTest {

  // RFC 7252, 6.1 and 6.2; RFC 8323, 8.1 and 8.2.
  @ParameterizedTest
  @CsvSource({
    "coap://a.example,             UDP,  a.example, 5683, ''",
    "coaps://a.example/x/y/,       DTLS, a.example, 5684, x/y",
    "COAPS://a.example:7000,       DTLS, a.example, 7000, ''",
    "coap+tcp://[::1],             TCP,  [::1],     5683, ''",
    "coaps+tcp://a.example/a%20b,  TLS,  a.example, 5684, a%20b"
  })
  void anAddressIsRead(String text, Transport transport, String host, int port, String path) {
    assertThat(CoapAddress.parse(text)).isEqualTo(new CoapAddress(transport, host, port, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.example",
        "http://a.example",
        "coap://",
        "coap://u@a.example",
        "coap://a?q"
      })
  void whatIsNoneIsRefusedInWords(String text) {
    assertThatThrownBy(() -> CoapAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("coaps://host:port/path");
  }

  @Test
  void plaintextGoesToThisMachineOnlyUnlessItIsAllowed() {
    CoapAddress away = CoapAddress.parse("coap://a.example");
    assertThatThrownBy(() -> CoapSettings.usual("city", away, new Security.None()))
        .hasMessageContaining("allowPlaintext");
    assertThat(CoapSettings.usual("city", CoapAddress.parse("coap://[::1]"), new Security.None()))
        .isNotNull();
    assertThat(
            new CoapSettings(
                "city",
                away,
                true,
                new Security.None(),
                null,
                Pace.USUAL,
                null,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)))
        .isNotNull();
  }

  @Test
  void securityFitsTheTransport() {
    Security psk = new Security.SharedKey("me", Path.of("psk"));
    for (String uri : new String[] {"coap://localhost", "coaps+tcp://localhost"}) {
      assertThatThrownBy(() -> CoapSettings.usual("city", CoapAddress.parse(uri), psk))
          .hasMessageContaining("coaps://");
    }
    assertThatThrownBy(
            () ->
                CoapSettings.usual(
                    "city", CoapAddress.parse("coaps://localhost"), new Security.None()))
        .hasMessageContaining("whom to trust");
  }

  // IANA, CoAP Content-Formats.
  @ParameterizedTest
  @CsvSource({
    "application/senml+json, 110",
    "application/senml+cbor, 112",
    "application/json, 50",
    "Application/CBOR; x=y, 60",
    "application/link-format, 40",
    "application/vnd.example, 42",
    "application/octet-stream, 42"
  })
  void aMediaTypeHasItsNumber(String mediaType, int number) {
    assertThat(ContentFormat.of(mediaType)).isEqualTo(number);
  }
}
