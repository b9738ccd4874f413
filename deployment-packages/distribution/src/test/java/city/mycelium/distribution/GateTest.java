package city.mycelium.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing that is not granted leaves, in any dialect that the distribution has: random Things,
 * devices, Datastreams, Grants and Destinations go through the real consent and the real sync; what
 * then stands in messages, headers, channels, births and wills is searched for what must stay. A
 * dialect is found by being there.
 */
class GateTest {

  private static final int WORLDS = 60;

  /** What has to be set of a dialect, as somebody might; others are given a word. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "setups", "PM10=SDS011,NO2=NO2-B43F",
          "siteId", "4711",
          "siteKey", "123456",
          "baseUrl", "https://data.example/",
          "db", "air");

  @TestFactory
  List<DynamicTest> nothingUngrantedLeaves() {
    List<DialectKind> kinds = new ArrayList<>();
    ServiceLoader.load(DialectKind.class).forEach(kinds::add);
    assertThat(kinds).as("dialects of the distribution").isNotEmpty();
    kinds.sort(Comparator.comparing(DialectKind::name));
    return kinds.stream()
        .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> holdsBack(kind)))
        .toList();
  }

  private static void holdsBack(DialectKind kind) {
    int said = 0;
    int hidden = 0;
    int trials = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      SecretCity city = new SecretCity(new Random(seed));
      List<Message> messages = city.run(dialect(kind, city));
      List<String> secrets = city.secrets();
      hidden += secrets.size();
      said += messages.size();
      String world = kind.name() + ", world " + seed;
      search(world, messages, secrets, city.exactDegrees());
      search(world + ", withdrawn", city.sentWithoutGrants(), city.names(), List.of());
      trials += city.trials();
    }
    assertThat(said).as("messages that were looked through").isPositive();
    assertThat(trials).as("times that something was told again by a test").isPositive();
    assertThat(hidden).as("secrets that were looked for").isGreaterThan(WORLDS * 10);
  }

  private static void search(
      String world, List<Message> messages, List<String> secrets, List<Leak.Degrees> degrees) {
    for (Message message : messages) {
      String leak = Leak.find(message, secrets, degrees);
      if (!leak.isEmpty()) {
        throw new AssertionError(world + ": '" + leak + "' left in " + message.channel());
      }
    }
  }

  private static Dialect dialect(DialectKind kind, SecretCity city) {
    Map<String, String> set = new TreeMap<>();
    for (Option option : kind.options()) {
      if (option.preset() == null || REQUIRED.containsKey(option.name())) {
        String word = option.name().equals("thing") ? city.firstThing() : "word";
        set.put(option.name(), REQUIRED.getOrDefault(option.name(), word));
      }
    }
    try {
      return kind.dialect(Settings.of(kind.name(), kind.options(), set), Names.NONE);
    } catch (SettingsException e) {
      throw new AssertionError(
          "the dialect " + kind.name() + " needs a setting that makes sense; name it in REQUIRED",
          e);
    }
  }

  /** The search would find what it looks for. */
  @Test
  void leaksOfEveryKindAreFound() {
    String secret = "QZXKABCDEFGH";
    for (Message message : Leak.examples(secret, 52.1234567)) {
      assertThat(Leak.find(message, List.of(secret), List.of(new Leak.Degrees(52.1234567, 2))))
          .as(message.toString())
          .isNotEmpty();
    }
    assertThat(
            Leak.find(
                Message.post("data", "text/plain", "52.12 QZXK".getBytes(StandardCharsets.UTF_8)),
                List.of(secret),
                List.of(new Leak.Degrees(52.1234567, 2))))
        .isEmpty();
  }
}
