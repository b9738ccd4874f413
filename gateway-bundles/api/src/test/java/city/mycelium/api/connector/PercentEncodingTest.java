package city.mycelium.api.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentEncodingTest {

  @Test
  void unreservedCharactersStandAsTheyAre() {
    String unreserved = "AZaz09-._~"; // RFC 3986, 2.3
    assertThat(PercentEncoding.of(unreserved)).isEqualTo(unreserved);
  }

  /** RFC 3986, 2.5: A, À and katakana a. */
  @Test
  void theStandardsOwnExamples() {
    assertThat(PercentEncoding.of("A")).isEqualTo("A");
    assertThat(PercentEncoding.of("\u00c0")).isEqualTo("%C3%80");
    assertThat(PercentEncoding.of("\u30a2")).isEqualTo("%E3%82%A2");
  }

  @Test
  void whatMeansSomethingIsEscaped() {
    assertThat(PercentEncoding.of("a b/c?d&e=f%:")).isEqualTo("a%20b%2Fc%3Fd%26e%3Df%25%3A");
  }

  @Test
  void moreStandsAsItIsWhereItMay() {
    assertThat(PercentEncoding.of("urn:a/b", ":")).isEqualTo("urn:a%2Fb");
  }
}
