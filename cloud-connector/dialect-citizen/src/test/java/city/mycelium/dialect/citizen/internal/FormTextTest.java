package city.mycelium.dialect.citizen.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Held against the JDK's own, which a dialect may not use: it belongs to the network. */
class FormTextTest {

  @Test
  void itIsWhatAFormHas() {
    for (String text : List.of("", "2026-11-23 12:00:00", "a+b&c=d%", "één €", "a*b-c.d_e~f")) {
      assertThat(FormText.encode(text)).isEqualTo(URLEncoder.encode(text, StandardCharsets.UTF_8));
      assertThat(FormText.decode(FormText.encode(text))).isEqualTo(text);
    }
    assertThat(FormText.decode("a+%2B%e2%82%ac"))
        .isEqualTo(URLDecoder.decode("a+%2B%e2%82%ac", StandardCharsets.UTF_8));
  }

  @Test
  void aBrokenEscapeIsRefused() {
    for (String text : List.of("%", "%2", "a%zz")) {
      assertThatThrownBy(() -> FormText.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
