package city.mycelium.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.Thing;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredTest {

  private static final String FRONT =
      "{\"id\":\"front\",\"name\":\"House front\",\"owner\":\"alice\",\"latitude\":52.09,"
          + "\"longitude\":5.12,\"altitude\":-1.5}";
  private static final String[] NONE = {};

  @Test
  void thingsAndDevicesAreReadAsTheyAreStated() {
    Configured configured =
        Configured.read(
            new String[] {FRONT, "{\"id\":\"bay\",\"owner\":\"city\"}"},
            new String[] {"{\"id\":\"paddenstoel.1\",\"thing\":\"front\"}"});

    assertThat(configured.things())
        .containsExactly(
            new Thing(
                new ThingId("front"),
                "House front",
                new PartyId("alice"),
                new Position(52.09, 5.12, -1.5)),
            new Thing(new ThingId("bay"), "bay", new PartyId("city"), null));
    assertThat(configured.devices())
        .containsExactly(new Device(new DeviceId("paddenstoel.1"), new ThingId("front")));
    assertThat(configured.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"owner":"alice"}                                  | things[1] is passed over: 'id' must be there, as a text in quotes
          {"id":7,"owner":"alice"}                           | things[1] is passed over: 'id' must be there, as a text in quotes
          {"id":"x"}                                         | things[1] is passed over: 'owner' must be there, as a text in quotes
          {"id":"x","owner":"alice","name":5}                | things[1] is passed over: 'name' must be there, as a text in quotes
          {"id":"x","owner":"alice","latitude":52.1}         | things[1] is passed over: give both latitude and longitude, or neither
          {"id":"x","owner":"a","latitude":"5","longitude":5}| things[1] is passed over: 'latitude' must be a number, without quotes
          {"id":"front","owner":"bob"}                       | things[1]: 'front' is there already; the first counts
          """)
  void aThingThatIsWrongIsNamedWithTheReasonAndCostsNoOther(String wrong, String fault) {
    Configured configured =
        Configured.read(new String[] {FRONT, wrong, "{\"id\":\"bay\",\"owner\":\"city\"}"}, NONE);

    assertThat(configured.faults()).containsExactly(fault);
    assertThat(configured.things())
        .extracting(thing -> thing.id().value() + " of " + thing.owner())
        .containsExactly("front of alice", "bay of city");
  }

  @Test
  void aDeviceThatIsWrongIsNamedWithTheReasonAndCostsNoOther() {
    Configured configured =
        Configured.read(
            NONE,
            new String[] {
              "{\"id\":\"a\",\"thing\":\"front\"}",
              "{\"id\":\"a b\",\"thing\":\"front\"}",
              "{\"id\":\"a\",\"thing\":\"bay\"}",
              "{\"id\":\"c\",\"thing\":\"front\"}"
            });

    assertThat(configured.devices())
        .containsExactly(
            new Device(new DeviceId("a"), new ThingId("front")),
            new Device(new DeviceId("c"), new ThingId("front")));
    assertThat(configured.faults()).hasSize(2);
    assertThat(configured.faults().get(0))
        .startsWith("devices[1] is passed over: ")
        .contains("a b");
    assertThat(configured.faults().get(1))
        .isEqualTo("devices[2]: 'a' is there already; the first counts");
  }

  @Test
  void noTextMakesItFail() {
    Random random = new Random(20261123);
    String alphabet = FRONT + "[]\\\n\u0000é";
    for (int i = 0; i < 10_000; i++) {
      String text =
          i % 2 == 0
              ? FRONT.substring(0, random.nextInt(FRONT.length()))
              : random
                  .ints(random.nextInt(60), 0, alphabet.length())
                  .collect(
                      StringBuilder::new,
                      (built, c) -> built.append(alphabet.charAt(c)),
                      StringBuilder::append)
                  .toString();

      Configured configured = Configured.read(new String[] {text, FRONT}, new String[] {text});

      assertThat(configured.faults()).as(text).hasSize(2);
      assertThat(configured.things()).as(text).hasSize(1);
    }
  }
}
