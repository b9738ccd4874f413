package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DeviceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final DeviceId KIT = new DeviceId("paddenstoel.1");
  private static final DeviceId OTHER = new DeviceId("paddenstoel.2");
  private static final String HASH = PasswordHash.of("right", 10_000).toString();

  @Test
  void asksNobodyWithoutALine() {
    assertThat(Credentials.NONE.admit(KIT, Login.NONE)).isTrue();
  }

  @Test
  void asksTheDeviceThatIsNamed() {
    Credentials credentials = Credentials.parse(List.of("paddenstoel.1 kit " + HASH));
    assertThat(credentials.admit(KIT, new Login("kit", "right"))).isTrue();
    assertThat(credentials.admit(KIT, new Login("kit", "wrong"))).isFalse();
    assertThat(credentials.admit(KIT, new Login("cat", "right"))).isFalse();
    assertThat(credentials.admit(KIT, Login.NONE)).isFalse();
    assertThat(credentials.admit(OTHER, Login.NONE)).isTrue();
  }

  /** The first answer is remembered: that must not make a wrong one right. */
  @Test
  void remembersOnlyTheRightAnswer() {
    Credentials credentials = Credentials.parse(List.of("paddenstoel.1 kit " + HASH));
    for (int i = 0; i < 3; i++) {
      assertThat(credentials.admit(KIT, new Login("kit", "right"))).isTrue();
      assertThat(credentials.admit(KIT, new Login("kit", "wrong"))).isFalse();
      assertThat(credentials.admit(KIT, new Login("cat", "right"))).isFalse();
    }
  }

  @Test
  void takesALineOfItsOwnForMoreThanTheLineForAll() {
    String other = PasswordHash.of("other", 10_000).toString();
    Credentials credentials =
        Credentials.parse(List.of("* - " + other, "paddenstoel.1 kit " + HASH));
    assertThat(credentials.admit(KIT, new Login("kit", "right"))).isTrue();
    assertThat(credentials.admit(KIT, new Login("", "other"))).isFalse();
    assertThat(credentials.admit(OTHER, new Login("", "other"))).isTrue();
    assertThat(credentials.admit(OTHER, Login.NONE)).isFalse();
  }

  @Test
  void takesAnyOfSeveralLines() {
    String other = PasswordHash.of("other", 10_000).toString();
    Credentials credentials =
        Credentials.parse(List.of("paddenstoel.1 a " + HASH, "paddenstoel.1 b " + other));
    assertThat(credentials.admit(KIT, new Login("a", "right"))).isTrue();
    assertThat(credentials.admit(KIT, new Login("b", "other"))).isTrue();
    assertThat(credentials.admit(KIT, new Login("a", "other"))).isFalse();
  }

  /** A line with a slip in it must not leave its device open. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "paddenstoel.1 kit",
        "paddenstoel.1 kit secret",
        "pad/denstoel kit HASH",
        "paddenstoel.1 kit HASH more",
        "paddenstoel.1 kit pbkdf2-sha256$10$AAAA$AAAA",
        "paddenstoel.1 kit pbkdf2-sha256$x$AAAA$AAAA",
      })
  void refusesAWrongLineWithoutRepeatingIt(String line) {
    List<String> lines = List.of(line.replace("HASH", HASH));
    assertThatThrownBy(() -> Credentials.parse(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("credentials[0]: ")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining(HASH);
  }

  @Test
  void aHashComesBackFromItsText() {
    PasswordHash hash = PasswordHash.of("mush room µ", 10_000);
    assertThat(PasswordHash.parse(hash.toString())).isEqualTo(hash);
    assertThat(PasswordHash.parse(hash.toString()).matches("mush room µ")).isTrue();
    assertThat(PasswordHash.parse(hash.toString()).matches("mush room")).isFalse();
  }

  /** Made with another implementation of the standard: hashlib.pbkdf2_hmac of Python. */
  @Test
  void aHashIsThatOfTheStandard() {
    PasswordHash hash =
        PasswordHash.parse(
            "pbkdf2-sha256$80000$MDEyMzQ1Njc4OWFiY2RlZg==$"
                + "31B9Accg8dLeg9jrPeAj0Aw5iKcR4Au8MbgZvknk0CQ=");
    assertThat(hash.matches("Password")).isTrue();
    assertThat(hash.matches("password")).isFalse();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertThat(PasswordHash.of("x", 10_000)).isNotEqualTo(PasswordHash.of("x", 10_000));
  }

  @Test
  void aLoginNeverShowsItsSecret() {
    assertThat(new Login("kit", "secret")).hasToString("Login of 'kit'");
  }

  @ParameterizedTest
  @CsvSource({
    "Basic a2l0OnM6ZWNyZXQ=, kit, s:ecret",
    "basic a2l0OnM=, kit, s",
    "Token kit:secret, kit, secret",
    "Token abcdef, '', abcdef",
    "Basic %%%, '', ''",
    "Digest x, u, p",
    "'', u, p",
  })
  void aLoginIsReadFromWhereItStands(String header, String user, String secret) {
    assertThat(Login.of(header, Map.of("u", "u", "p", "p"))).isEqualTo(new Login(user, secret));
  }
}
