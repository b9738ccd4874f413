package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformsTest {

  private static final String ACCOUNT =
      """
      {"accepted":10,"destinations":{"city":{},
        "coap":{"accepted":10,"unselected":4,"delivered":3,"withheld":2,"dropped":1,"pending":0}}}
      """;
  private static final String LIST =
      """
      {"destinations":[{"destination":"coap","state":"running","connected":true,"lastError":""},
        {"destination":"influx","state":"running","connected":false,"lastError":"nobody listens"},
        {"destination":"typo","state":"does not run","connected":false,"lastError":"no dialect"}]}
      """;

  @Test
  void whatHasGotItsShareIsSound() {
    Platforms platforms = platforms(ACCOUNT, "coap");

    assertThat(platforms.areSound()).isTrue();
    assertThat(platforms.isDraining()).isFalse();
    assertThat(platforms.toWords()).isEqualTo("coap: 3 delivered, 0 waiting");
    assertThat(platforms.troubles()).isEmpty();
    assertThat(platforms.toJson().getJsonObject(0).getBoolean("balanced")).isTrue();
  }

  @Test
  void whatWaitsIsNotSoundAndSaysWhy() {
    Platforms platforms = platforms(ACCOUNT, "coap", "influx");

    assertThat(platforms.areSound()).isFalse();
    assertThat(platforms.isDraining()).isTrue();
    assertThat(platforms.troubles()).containsExactly("influx: nobody listens");
    assertThat(platforms.toWords()).contains("influx: 0 delivered, 10 waiting (nobody listens)");
    assertThat(platforms.all().get(1).toText()).contains("NOT SOUND: not delivered yet");
  }

  /** Waiting for it would be in vain. */
  @Test
  void whatDoesNotRunIsNotWaitedFor() {
    Platforms platforms = platforms(ACCOUNT, "typo");

    assertThat(platforms.isDraining()).isFalse();
    assertThat(platforms.areSound()).isFalse();
  }

  @Test
  void sumsThatDoNotBalanceAreNotSound() {
    Platforms platforms = platforms(ACCOUNT.replace("\"withheld\":2", "\"withheld\":1"), "coap");

    assertThat(platforms.areSound()).isFalse();
    assertThat(platforms.all().get(0).toText()).contains("do not balance");
  }

  @Test
  void noLineIsWiderThanATerminal() {
    String name = "a-platform-with-a-very-long-name";
    String account = ACCOUNT.replace("\"coap\"", "\"" + name + "\"");

    assertThat(platforms(account, name).all().get(0).toText().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  private static Platforms platforms(String account, String... names) {
    return Platforms.of(List.of(names), json(account), json(LIST));
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}
