package city.mycelium.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlpnTest {

  // RFC 7301, 3.1: 1 to 255 bytes.
  @ParameterizedTest
  @ValueSource(strings = {"", "mqtt ", "mqtt\n", "mqtté", "\u0000"})
  void whatIsNoProtocolNameIsRefused(String name) {
    assertThatThrownBy(() -> new Alpn(List.of("mqtt", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpn");
  }

  @Test
  void aNameHas255BytesAtMost() {
    assertThat(new Alpn(List.of("x".repeat(255))).protocols()).hasSize(1);
    assertThatThrownBy(() -> new Alpn(List.of("x".repeat(256))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // 65,533 bytes with a byte of length before each: 8,191 names of seven bytes, and no more.
  @Test
  void allOfThemFitIntoOneExtension() {
    assertThat(new Alpn(Collections.nCopies(8_191, "abcdefg")).protocols()).hasSize(8_191);
    assertThatThrownBy(() -> new Alpn(Collections.nCopies(8_192, "abcdefg")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too many");
  }
}
