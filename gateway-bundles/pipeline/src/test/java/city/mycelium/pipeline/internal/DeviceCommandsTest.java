package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceCommandsTest {

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final InMemoryJournal journal = new InMemoryJournal();
  private final House house = new House();
  private final List<DeviceAccounts> drivers = new ArrayList<>();
  private Pipeline pipeline;

  @BeforeEach
  void start() throws Exception {
    pipeline = new Pipeline(journal, house, clock, clock, scheduler, PipelineSettings.DEFAULT);
  }

  @Test
  void everyDeviceIsListedWithWhatIsHeld() throws Exception {
    house.adoptUnheard(new DeviceId("gnss.1"));
    say("paddenstoel.2");
    clock.leap(Duration.ofMinutes(1));
    say("paddenstoel.2");

    assertThat(run("device list", Map.of()))
        .isEqualTo(
            Map.of(
                "devices",
                List.of(
                    Map.of("device", "gnss.1", "state", "adopted", "thing", "front"),
                    Map.of(
                        "device",
                        "paddenstoel.2",
                        "state",
                        "waiting for adoption",
                        "held",
                        2L,
                        "firstReceivedAt",
                        "2026-11-23T12:00:00Z",
                        "lastReceivedAt",
                        "2026-11-23T12:01:00Z"))));
  }

  @Test
  void whatExpiredIsListedAlsoWhenNothingIsHeldAnyMore() throws Exception {
    say("paddenstoel.2");
    scheduler.pass(Duration.ofDays(8));

    assertThat(run("device list", Map.of()))
        .isEqualTo(
            Map.of(
                "devices",
                List.of(
                    Map.of(
                        "device",
                        "paddenstoel.2",
                        "state",
                        "waiting for adoption",
                        "expired",
                        1L))));
  }

  @Test
  void whatWaitsForATrustedTimeIsListed() throws Exception {
    house.adoptUnheard(new DeviceId("gnss.1"));
    clock.setTrusted(false);
    say("gnss.1");
    say("paddenstoel.2");
    say("gnss.1");

    assertThat(run("device list", Map.of()))
        .isEqualTo(
            Map.of(
                "devices",
                List.of(
                    Map.of("device", "gnss.1", "state", "adopted", "thing", "front", "undated", 2L),
                    Map.of(
                        "device",
                        "paddenstoel.2",
                        "state",
                        "waiting for adoption",
                        "undated",
                        1L))));
  }

  // One device, one line: adopted, and its readings still on their way.
  @Test
  void anAdoptedDeviceWhoseReadingsAreStillHeldIsListedOnce() throws Exception {
    say("paddenstoel.2");
    journal.setFull(true);
    run("device adopt", Map.of("device", "paddenstoel.2", "thing", "front"));
    scheduler.runDue();

    assertThat((List<?>) run("device list", Map.of()).get("devices"))
        .singleElement()
        .asString()
        .contains("state=adopted", "held=1");
  }

  /** What a driver knows stands in the same line, and whom it does not know below. */
  @Test
  void whatDriversSayOfTheirDevicesIsListedBesideTheRest() throws Exception {
    house.adoptUnheard(new DeviceId("lorawan.1"));
    drivers.add(
        new DeviceAccounts() {
          @Override
          public Map<DeviceId, Map<String, Object>> devices() {
            return Map.of(
                new DeviceId("lorawan.1"), Map.of("battery", 80.0),
                new DeviceId("lorawan.2"), Map.of("uplinks", 0L));
          }

          @Override
          public List<Map<String, Object>> strangers() {
            return List.of(Map.of("devEui", "70b3d57ed0000009"));
          }
        });

    assertThat(run("device list", Map.of()))
        .isEqualTo(
            Map.of(
                "devices",
                List.of(
                    Map.of(
                        "device",
                        "lorawan.1",
                        "state",
                        "adopted",
                        "thing",
                        "front",
                        "battery",
                        80.0),
                    Map.of("device", "lorawan.2", "state", "waiting for adoption", "uplinks", 0L)),
                "strangers",
                List.of(Map.of("devEui", "70b3d57ed0000009"))));
  }

  @Test
  void adoptingReleasesWhatWasHeld() throws Exception {
    say("paddenstoel.2");

    Map<String, Object> answer =
        run("device adopt", Map.of("device", "paddenstoel.2", "thing", "front"));
    scheduler.runDue();

    assertThat(answer)
        .isEqualTo(Map.of("device", "paddenstoel.2", "thing", "front", "state", "adopted"));
    assertThat(journal.lastOffset()).isEqualTo(1);
  }

  @Test
  void whatIsMissingOrWrongIsSaidInWords() {
    assertThatThrownBy(() -> run("device adopt", Map.of("thing", "front")))
        .isInstanceOf(CommandException.class)
        .hasMessage("say which device: mycelium device adopt --device <id> --thing <id>");
    assertThatThrownBy(() -> run("device adopt", Map.of("device", "x")))
        .isInstanceOf(CommandException.class)
        .hasMessage("say which thing: mycelium device adopt --device <id> --thing <id>");
    assertThatThrownBy(() -> run("device adopt", Map.of("device", "a b", "thing", "front")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("a b");
    assertThatThrownBy(() -> run("device adopt", Map.of("device", "x", "thing", "moon")))
        .isInstanceOf(CommandException.class)
        .hasMessage("there is no thing 'moon'");
  }

  private void say(String device) throws Exception {
    Channel channel =
        new Channel(
            new DeviceId(device), "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);
    pipeline
        .submit(
            List.of(new Reading(channel, null, new Result.Measurement(8.1), null)),
            Urgency.ACKNOWLEDGED)
        .get();
  }

  private Map<String, Object> run(String name, Map<String, String> arguments)
      throws CommandException {
    Command command =
        DeviceCommands.of(pipeline, house, () -> drivers).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return command.run(arguments);
  }
}
