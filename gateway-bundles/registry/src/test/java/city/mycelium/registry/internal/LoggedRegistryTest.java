package city.mycelium.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Device;
import city.mycelium.api.registry.RegistryException;
import city.mycelium.api.registry.Resolution;
import city.mycelium.api.registry.Thing;
import city.mycelium.api.time.Cancellable;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedRegistryTest {

  private static final DeviceId KIT = new DeviceId("paddenstoel.1");
  private static final ThingId FRONT = new ThingId("front");
  private static final ThingId BAY = new ThingId("bay");
  private static final String[] THINGS = {
    "{\"id\":\"front\",\"owner\":\"alice\"}", "{\"id\":\"bay\",\"owner\":\"city\"}"
  };
  private static final String[] NO_DEVICES = {};
  private static final String[] KIT_AT_FRONT = {"{\"id\":\"paddenstoel.1\",\"thing\":\"front\"}"};
  private static final String[] KIT_AT_BAY = {"{\"id\":\"paddenstoel.1\",\"thing\":\"bay\"}"};
  private static final ObservedProperty MOOD =
      new ObservedProperty("street-mood", URI.create("urn:example:mood"), Unit.PERCENT, 5, 95);

  @TempDir private Path directory;
  private Path file;
  private LoggedRegistry registry;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("registry.jsonl");
    registry = reopened();
  }

  @Test
  void aDeviceThatNobodyHasAdoptedWaits() throws Exception {
    assertThat(registry.resolve(pm25())).isEqualTo(new Resolution.WaitingForAdoption());
    assertThat(registry.datastreams()).isEmpty();
  }

  @Test
  void theFirstChannelOfAnAdoptedDeviceDefinesItsDatastream() throws Exception {
    registry.adopt(KIT, FRONT);

    Datastream expected =
        new Datastream(
            new DatastreamId("paddenstoel.1/PM25"),
            FRONT,
            KIT,
            Vocabulary.PM2_5,
            Unit.MICROGRAM_PER_CUBIC_METRE,
            null,
            null);
    assertThat(registry.resolve(pm25())).isEqualTo(new Resolution.Adopted(expected));
    assertThat(registry.datastreams()).containsExactly(expected);
    assertThat(registry.datastream(expected.id())).contains(expected);
  }

  @Test
  void adoptionAndDatastreamsSurviveReopening() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());
    registry.resolve(channel("mood", MOOD, Unit.ONE, Duration.ofSeconds(10)));

    LoggedRegistry again = reopened();

    assertThat(again.devices()).containsExactly(new Device(KIT, FRONT));
    assertThat(again.datastreams()).hasSize(2).isEqualTo(registry.datastreams());
  }

  // Every change is a line for ever: what is known already must not be written down again.
  @Test
  void whatIsKnownIsNotWrittenAgainAlsoAfterReopening() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(channel("mood", MOOD, Unit.ONE, null));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);

    registry.adopt(KIT, FRONT);
    registry.resolve(channel("mood", MOOD, Unit.ONE, null));
    LoggedRegistry again = reopened();
    again.adopt(KIT, FRONT);
    again.resolve(channel("mood", MOOD, Unit.ONE, null));

    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  // Whatever comes later, or from an older version of the driver: it would let go what is not
  // granted.
  @Test
  void whatIsPersonalByNatureStaysSo() throws Exception {
    Channel plain = channel("power", Vocabulary.ACTIVE_POWER, Unit.WATT, null);
    Channel personal = new Channel(KIT, "power", Vocabulary.ACTIVE_POWER, Unit.WATT, null, true);
    registry.adopt(KIT, FRONT);
    registry.resolve(plain);
    assertThat(registry.datastreams().get(0).personal()).as("control").isFalse();

    registry.resolve(personal);
    registry.resolve(plain);
    registry.resolve(channel("power", Vocabulary.ACTIVE_POWER, Unit.WATT, Duration.ofSeconds(9)));

    assertThat(registry.datastreams()).hasSize(1);
    assertThat(registry.datastreams().get(0).personal()).isTrue();
    assertThat(reopened().datastreams().get(0).personal()).isTrue();
  }

  @Test
  void aChangeTellsWhenItWasMade() throws Exception {
    registry.adopt(KIT, FRONT);

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"at\":\"2026-11-23T12:00:00Z\","
                + "\"adopt\":{\"device\":\"paddenstoel.1\",\"thing\":\"front\"}}\n");
  }

  @Test
  void anotherPropertyUnderTheSameNameIsAContradiction() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());

    Resolution resolution =
        registry.resolve(channel("PM25", Vocabulary.PM10, Unit.MICROGRAM_PER_CUBIC_METRE, null));

    assertThat(resolution)
        .isEqualTo(
            new Resolution.Contradiction(
                "paddenstoel.1/PM25 has been PM2.5 so far, and now it is PM10: give the new value"
                    + " another name"));
    assertThat(registry.resolve(pm25())).isInstanceOf(Resolution.Adopted.class);
  }

  @Test
  void anotherUnitUnderTheSameNameIsAContradiction() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());

    Resolution resolution =
        registry.resolve(channel("PM25", Vocabulary.PM2_5, Unit.MILLIGRAM_PER_CUBIC_METRE, null));

    assertThat(resolution)
        .isEqualTo(
            new Resolution.Contradiction(
                "paddenstoel.1/PM25 has been in ug/m3 so far, and now it is in mg/m3: send the old"
                    + " unit, or give the value another name"));
  }

  // Of two threads that define one Datastream differently at once, one must be contradicted.
  @Test
  void threadsThatDefineAtTheSameTimeAgreeOnOneDatastream() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 50; round++) {
        DeviceId device = new DeviceId("kit." + round);
        registry.adopt(device, FRONT);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Resolution>> resolutions = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          Channel own =
              new Channel(
                  device,
                  "x",
                  t % 2 == 0 ? Vocabulary.PM2_5 : Vocabulary.PM10,
                  Unit.MICROGRAM_PER_CUBIC_METRE,
                  null);
          resolutions.add(
              pool.submit(
                  () -> {
                    start.await();
                    return registry.resolve(own);
                  }));
        }
        start.countDown();
        Set<Datastream> adopted = ConcurrentHashMap.newKeySet();
        int contradicted = 0;
        for (Future<Resolution> resolution : resolutions) {
          if (resolution.get(30, TimeUnit.SECONDS) instanceof Resolution.Adopted one) {
            adopted.add(one.datastream());
          } else {
            contradicted++;
          }
        }
        assertThat(adopted).hasSize(1);
        assertThat(contradicted).isEqualTo(threads / 2);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aSamplingPeriodIsLearnedAndNotTakenBackBySilence() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());

    registry.resolve(pm25Every(Duration.ofSeconds(150)));
    registry.resolve(pm25());

    DatastreamId id = pm25().datastreamId();
    assertThat(registry.datastream(id).orElseThrow().samplingPeriod())
        .isEqualTo(Duration.ofSeconds(150));
    assertThat(reopened().datastream(id)).isEqualTo(registry.datastream(id));
    assertThat(Files.readAllLines(file)).as("adopted, defined, learned").hasSize(3);
  }

  // So comes a correction of the vocabulary to what was defined before it.
  @Test
  void whatIsPlausibleIsTakenOverFromTheChannelWithoutForgettingThePeriod() throws Exception {
    ObservedProperty corrected =
        new ObservedProperty(MOOD.name(), MOOD.definition(), MOOD.unit(), 0, 100);
    registry.adopt(KIT, FRONT);
    registry.resolve(channel("mood", MOOD, Unit.ONE, Duration.ofSeconds(10)));

    registry.resolve(channel("mood", corrected, Unit.ONE, null));

    assertThat(registry.datastreams())
        .extracting(Datastream::property, Datastream::samplingPeriod)
        .containsExactly(tuple(corrected, Duration.ofSeconds(10)));
  }

  @Test
  void anAggregateIsFoundByItsNameAlone() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());
    Datastream raw = registry.datastreams().get(0);

    assertThat(registry.datastream(new DatastreamId("paddenstoel.1/PM25/PT10M")))
        .contains(raw.over(Duration.ofMinutes(10)));
    assertThat(registry.datastream(new DatastreamId("paddenstoel.1/PM25/PT1H")))
        .contains(raw.over(Duration.ofHours(1)));
    assertThat(registry.datastream(new DatastreamId("paddenstoel.1/PM25/P1D")))
        .contains(raw.over(Duration.ofDays(1)));
    assertThat(registry.datastream(new DatastreamId("paddenstoel.1/PM25/PT1H.PT8H")))
        .contains(raw.over(Duration.ofHours(1)).over(Duration.ofHours(8)));
  }

  // PT60M is an hour too, but no Datastream bears that name: two names would be two Datastreams.
  @Test
  void aNameThatOnlyLooksLikeAnAggregateIsNone() throws Exception {
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());

    for (String name :
        List.of(
            "paddenstoel.1/PM25/PT60M",
            "paddenstoel.1/PM25/PTX",
            "paddenstoel.1/PM25/PT-10M",
            "paddenstoel.1/PM25/PT0S",
            "paddenstoel.1/PM25/PT24H",
            "paddenstoel.1/PM25/PT8H.PT1H",
            "paddenstoel.1/PM25/PT1H.",
            "paddenstoel.1/PM25/PT10M/PT10M",
            "paddenstoel.1/PM10/PT10M",
            "paddenstoel.1/PT10M")) {
      assertThat(registry.datastream(new DatastreamId(name))).as(name).isEmpty();
    }
  }

  // PT100 is what a platinum thermometer is called.
  @Test
  void aChannelWithTheNameOfAWindowIsItself() throws Exception {
    registry.adopt(KIT, FRONT);
    Channel thermometer = channel("PT10M", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS, null);
    registry.resolve(thermometer);

    Datastream raw = registry.datastream(thermometer.datastreamId()).orElseThrow();
    assertThat(raw.isAggregate()).isFalse();
    assertThat(registry.datastream(new DatastreamId("paddenstoel.1/PT10M/PT10M")))
        .contains(raw.over(Duration.ofMinutes(10)));
  }

  @Test
  void adoptingForAnUnknownThingIsRefusedInWords() {
    assertThatThrownBy(() -> registry.adopt(KIT, new ThingId("moon")))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "there is no thing 'moon'. Known are: [bay, front]. Add it to the configuration first,"
                + " so that the data has an owner.");
    assertThat(registry.devices()).isEmpty();
  }

  @Test
  void anAdoptedDeviceIsNotAdoptedForAnother() throws Exception {
    registry.adopt(KIT, FRONT);

    assertThatThrownBy(() -> registry.adopt(KIT, BAY))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "device 'paddenstoel.1' belongs to 'front', and what it has said is that owner's. Give"
                + " the device a new id to use it for 'bay'.");
    assertThat(registry.devices()).containsExactly(new Device(KIT, FRONT));
  }

  @Test
  void theConfigurationDoesNotMoveAnAdoptedDevice() throws Exception {
    registry.adopt(KIT, FRONT);

    registry.configure(THINGS, KIT_AT_BAY);

    assertThat(registry.devices()).containsExactly(new Device(KIT, FRONT));
  }

  // The owner of what was said would change with it, unseen.
  @Test
  void theConfigurationDoesNotMoveAConfiguredDeviceThatHasSpoken() throws Exception {
    registry.configure(THINGS, KIT_AT_FRONT);
    registry.resolve(pm25());

    registry.configure(THINGS, KIT_AT_BAY);
    registry.resolve(pm25Every(Duration.ofSeconds(1)));
    registry.resolve(channel("Temp", Vocabulary.AIR_TEMPERATURE, Unit.DEGREE_CELSIUS, null));

    assertThat(registry.devices()).containsExactly(new Device(KIT, FRONT));
    assertThat(registry.datastreams()).hasSize(2).extracting(Datastream::thing).containsOnly(FRONT);
  }

  // Control case: as long as it is silent, whoever writes the configuration may correct it.
  @Test
  void theConfigurationMovesADeviceThatHasSaidNothing() {
    registry.configure(THINGS, KIT_AT_FRONT);

    registry.configure(THINGS, KIT_AT_BAY);

    assertThat(registry.devices()).containsExactly(new Device(KIT, BAY));
  }

  @Test
  void aDeviceThatTheConfigurationForgotIsAdoptedOnlyForItsOldThing() throws Exception {
    registry.configure(THINGS, KIT_AT_FRONT);
    registry.resolve(pm25());
    registry.configure(THINGS, NO_DEVICES);
    assertThat(registry.resolve(pm25())).isEqualTo(new Resolution.WaitingForAdoption());

    assertThatThrownBy(() -> registry.adopt(KIT, BAY)).isInstanceOf(RegistryException.class);
    registry.adopt(KIT, FRONT);

    assertThat(registry.devices()).containsExactly(new Device(KIT, FRONT));
  }

  @Test
  void aNewConfigurationIsInForceAtOnceAndKeepsWhatWasAdopted() throws Exception {
    registry.adopt(KIT, FRONT);

    registry.configure(
        new String[] {
          "{\"id\":\"front\",\"name\":\"Front\",\"owner\":\"alice\"}",
          "{\"id\":\"gauge\",\"owner\":\"water\"}"
        },
        new String[] {"{\"id\":\"gauge.1\",\"thing\":\"gauge\"}"});

    assertThat(registry.things()).extracting(Thing::name).containsExactly("Front", "gauge");
    assertThat(registry.thing(BAY)).isEmpty();
    assertThat(registry.devices())
        .containsExactly(
            new Device(new DeviceId("gauge.1"), new ThingId("gauge")), new Device(KIT, FRONT));
  }

  // As on a full disk: the change is refused, and nobody sees it.
  @Test
  void anAdoptionThatCannotBeWrittenIsNotMade() throws Exception {
    Files.createDirectory(file); // no write succeeds

    assertThatThrownBy(() -> registry.adopt(KIT, FRONT))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("the change could not be written to the registry's log");
    assertThat(registry.devices()).isEmpty();

    Files.delete(file);
    registry.adopt(KIT, FRONT);
    assertThat(reopened().devices()).containsExactly(new Device(KIT, FRONT));
  }

  @Test
  void aDatastreamThatCannotBeWrittenIsNotDefined() throws Exception {
    registry.configure(THINGS, KIT_AT_FRONT);
    Files.createDirectory(file);

    assertThatThrownBy(() -> registry.resolve(pm25())).isInstanceOf(RegistryException.class);
    assertThat(registry.datastreams()).isEmpty();

    Files.delete(file);
    assertThat(registry.resolve(pm25())).isInstanceOf(Resolution.Adopted.class);
  }

  @Test
  void aLineOfAnUnknownKindOrShapeCostsNoOther() throws Exception {
    Files.writeString(
        file,
        """
        {"at":"2026-11-23T12:00:00Z","adopt":{"device":"a","thing":"front"}}
        {"at":"2026-11-23T12:00:00Z","adopt":{"device":"b"}}
        {"at":"2026-11-23T12:00:00Z","adopt":"c"}
        {"at":"2026-11-23T12:00:00Z","datastream":{"id":"a/x"}}
        {"at":"2026-11-23T12:00:00Z","rename":{"device":"a"}}
        {"at":"2026-11-23T12:00:00Z","adopt":{"device":"d","thing":"bay"}}
        """);

    assertThat(reopened().devices())
        .extracting(device -> device.id().value())
        .containsExactly("a", "d");
  }

  @Test
  void listenersHearOfChangesAndOfNothingElseUntilTheyAreCancelled() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    Runnable listener = heard::incrementAndGet;
    Cancellable listening = registry.onChange(listener);

    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());
    registry.configure(THINGS, NO_DEVICES);
    assertThat(heard).hasValue(3);
    registry.adopt(KIT, FRONT);
    registry.resolve(pm25());
    assertThat(heard).hasValue(3);

    // The same listener a second time is a second listener, with an end of its own.
    registry.onChange(listener);
    listening.cancel();
    listening.cancel();
    registry.configure(THINGS, NO_DEVICES);
    assertThat(heard).hasValue(4);
  }

  private LoggedRegistry reopened() throws IOException {
    return LoggedRegistry.open(file, THINGS, NO_DEVICES, LeapingClock.at("2026-11-23T12:00:00Z"));
  }

  private static Channel pm25() {
    return channel("PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);
  }

  private static Channel pm25Every(Duration samplingPeriod) {
    return channel("PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, samplingPeriod);
  }

  private static Channel channel(
      String name, ObservedProperty property, Unit unit, @Nullable Duration samplingPeriod) {
    return new Channel(KIT, name, property, unit, samplingPeriod);
  }
}
