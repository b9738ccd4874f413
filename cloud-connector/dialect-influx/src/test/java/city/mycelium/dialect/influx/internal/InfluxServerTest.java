package city.mycelium.dialect.influx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real InfluxDB 1: what it holds after repeats, and what its refusals become. */
class InfluxServerTest {

  private static final PhenomenonTime NOON = PhenomenonTime.at(SampleCity.NOON);
  private static final Described NO2 = Kit.sample("paddenstoel.123/NO2");

  @TempDir private static Path directory;
  private static InfluxProcess influx;

  @BeforeAll
  static void start() throws Exception {
    influx = InfluxProcess.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    influx.close();
  }

  /** A database of its own for each test. */
  private static Kit kit(String db) throws Exception {
    influx.query(db, "CREATE DATABASE " + db);
    return new Kit(new InfluxComponent(), Map.of("db", db), Names.NONE, influx::send);
  }

  private static Described no2(long offset, double value) {
    return Kit.with(NO2, offset, NOON, new Result.Measurement(value));
  }

  private static List<Outcome> delivered(long first, long last) {
    return List.of(new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(first, last)));
  }

  @Test
  void everythingIsThereOnceHoweverOftenItIsSent() throws Exception {
    Kit kit = kit("once");
    List<Described> all = SampleCity.observations();
    for (int i = 0; i < 3; i++) {
      assertThat(kit.send(all))
          .isEqualTo(delivered(SampleCity.FIRST, Kit.offset(all.get(all.size() - 1))));
    }
    String counts = influx.query("once", "SELECT COUNT(\"offset\") FROM /.*/ GROUP BY datastream");
    long points = 0;
    var matcher = Pattern.compile("\\[\\[0,(\\d+)]]").matcher(counts);
    while (matcher.find()) {
      points += Long.parseLong(matcher.group(1));
    }
    assertThat(points)
        .as("all but the first revision of a window: " + counts)
        .isEqualTo(all.size() - 1L);
    assertThat(influx.query("once", "SELECT \"text\" FROM \"measuring-setup\""))
        .contains("SDS011, \\\"paddenstoel\\\" v2\\\\3, NO2-B43F = zwart, grijs en wit €");
  }

  @Test
  void twoOfOneStreamInTheSameMillisecondAreBothThere() throws Exception {
    Kit kit = kit("twins");
    kit.send(List.of(no2(5, 20.5), no2(6, 21.5)));
    kit.send(List.of(no2(5, 20.5), no2(6, 21.5)));
    assertThat(influx.query("twins", "SELECT \"value\" FROM \"NO2\""))
        .contains("[[" + SampleCity.NOON + "000005,20.5],[" + SampleCity.NOON + "000006,21.5]]");
  }

  @Test
  void aCorrectedWindowReplacesItsPredecessorAndIsNotUndoneByARepeat() throws Exception {
    Kit kit = kit("revisions");
    Described hour = Kit.sample("paddenstoel.123/NO2/PT1H");
    PhenomenonTime window = hour.observation().phenomenonTime();
    Described first = Kit.with(hour, 5, window, Result.Summary.ofNumbers(50, 60, 1, 20, 40, 1));
    Described second = Kit.with(hour, 9, window, Result.Summary.ofNumbers(60, 60, 1, 25, 40, 2));
    kit.send(List.of(first));
    kit.send(List.of(second));
    assertThat(kit.send(List.of(first))).isEqualTo(delivered(5, 5));
    assertThat(influx.query("revisions", "SELECT \"mean\",\"revision\" FROM \"NO2\""))
        .contains("[[" + window.from() + "000000,25,2]]");
  }

  /** Somebody else's program was there first, and wrote integers. */
  @Test
  void ofAPartialWriteOnlyWhatWasDroppedIsRejected() throws Exception {
    Kit kit = kit("partial");
    influx.send(
        Message.post(
            "write?db=partial",
            LineDialect.MEDIA_TYPE,
            "NO2 value=1i\n".getBytes(StandardCharsets.UTF_8)));
    Described dust = Kit.sample("paddenstoel.123/PM10");
    List<Described> flight =
        List.of(no2(5, 20.5), Kit.with(dust, 6, NOON, new Result.Measurement(13)), no2(7, 21));
    List<Outcome> outcomes = kit.send(flight);
    assertThat(outcomes)
        .filteredOn(Outcome.Rejected.class::isInstance)
        .extracting(outcome -> ((Outcome.Rejected) outcome).offsets())
        .containsExactly(new OffsetRange(5, 5), new OffsetRange(7, 7));
    assertThat(outcomes).contains(new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(6, 6)));
    assertThat(outcomes.toString()).contains("already exists as type integer");
    assertThat(influx.query("partial", "SELECT \"value\" FROM \"PM10\"")).contains(",13]");
  }

  /** Two kinds of conflict at once: it names one, and counts both. */
  @Test
  void aRefusalThatDoesNotTellWhichIsCutUntilItDoes() throws Exception {
    Kit kit = kit("cut");
    influx.send(
        Message.post(
            "write?db=cut",
            LineDialect.MEDIA_TYPE,
            "NO2 value=1i\nPM10 value=1i\n".getBytes(StandardCharsets.UTF_8)));
    Described dust =
        Kit.with(Kit.sample("paddenstoel.123/PM10"), 6, NOON, new Result.Measurement(13));
    assertThat(kit.send(List.of(no2(5, 20.5), dust)))
        .singleElement()
        .isInstanceOf(Outcome.TooLarge.class);
    assertThat(kit.send(List.of(dust))).first().isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatIsOlderThanTheServerKeepsIsRejectedAlone() throws Exception {
    Kit kit = kit("short");
    influx.query(
        "short", "CREATE RETENTION POLICY \"day\" ON short DURATION 1d REPLICATION 1 DEFAULT");
    Described ancient =
        Kit.with(NO2, 5, PhenomenonTime.at(1_000_000_000_000L), new Result.Measurement(1));
    // A day that no server has reached yet.
    Described young =
        Kit.with(NO2, 6, PhenomenonTime.at(4_000_000_000_000L), new Result.Measurement(2));
    List<Outcome> outcomes = kit.send(List.of(ancient, young));
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.offsets()).isEqualTo(new OffsetRange(5, 5)));
    assertThat(outcomes).contains(new Outcome.Delivered(SampleCity.EPOCH, new OffsetRange(6, 6)));
  }

  @Test
  void aDatabaseThatIsNotThereYetLosesNothing() throws Exception {
    Kit kit = new Kit(new InfluxComponent(), Map.of("db", "later"), Names.NONE, influx::send);
    assertThat(kit.send(List.of(no2(5, 20.5))))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.SendAgain.class,
            again -> assertThat(again.why()).contains("404", "database not found"));
    influx.query("later", "CREATE DATABASE later");
    assertThat(kit.send(List.of(no2(5, 20.5)))).isEqualTo(delivered(5, 5));
  }

  @Test
  void supplierLinesOfSamenMetenAreThereOnce() throws Exception {
    influx.query("sensoren", "CREATE DATABASE sensoren");
    Kit kit =
        new Kit(
            new SamenMetenComponent(),
            Map.of("group", "sensoren", "setups", "PM10=SDS011"),
            Names.NONE,
            influx::send);
    Described dust =
        Kit.with(Kit.sample("paddenstoel.123/PM10"), 5, NOON, new Result.Measurement(13));
    Described warmth =
        Kit.with(Kit.sample("paddenstoel.123/T"), 6, NOON, new Result.Measurement(21.5));
    List<List<Described>> flights = new ArrayList<>();
    flights.add(List.of(dust, warmth));
    flights.add(List.of(dust));
    flights.add(List.of(warmth));
    for (List<Described> flight : flights) {
      assertThat(kit.send(flight)).first().isInstanceOf(Outcome.Delivered.class);
    }
    assertThat(
            influx.query(
                "sensoren", "SELECT \"PM10\",\"PM10-meetopstelling\",\"T\",\"id\" FROM m_sensoren"))
        .contains("[[" + SampleCity.NOON + "000000,13,\"SDS011\",21.5,\"paddenstoel.123\"]]");
  }

  @Test
  void whateverItHoldsIsFoundByASingleQuestion() throws Exception {
    Kit kit = kit("held");
    List<Described> all = SampleCity.observations();
    Described first = all.get(0);
    assertThat(kit.ask(first, influx::get).isHeld()).as("before it is sent").isFalse();
    kit.send(all);
    for (Described described : all) {
      assertThat(kit.ask(described, influx::get).isHeld())
          .as(described.datastream().id().value())
          .isTrue();
    }
    assertThat(kit.ask(first, influx::get).sentence())
        .isEqualTo("InfluxDB holds it: a point in NO2 with its identity");
    Described corrected = Kit.sample("paddenstoel.123/NO2/PT1H");
    assertThat(kit.ask(corrected, influx::get).sentence()).contains("a later revision");
    assertThat(kit.ask(no2(5, 20.5), influx::get).isHeld())
        .as("another of the same Datastream and millisecond")
        .isFalse();
  }

  @Test
  void namesWithQuotationMarksAreAskedFor() throws Exception {
    influx.query("quotes", "CREATE DATABASE quotes");
    Kit kit =
        new Kit(
            new InfluxComponent(),
            Map.of("db", "quotes"),
            new Names(
                Map.of(),
                Map.of("paddenstoel.123/NO2", "the 'front' \"door\""),
                Map.of("NO2", "stik\"stof' dioxide")),
            influx::send);
    kit.send(List.of(no2(5, 20.5)));
    assertThat(kit.ask(no2(5, 20.5), influx::get).isHeld()).isTrue();
    assertThat(kit.ask(no2(6, 20.5), influx::get).isHeld()).isFalse();
  }

  @Test
  void aDatabaseThatIsNotThereIsSaid() throws Exception {
    Kit kit = new Kit(new InfluxComponent(), Map.of("db", "nowhere"), Names.NONE, influx::send);
    Inquiry.Finding finding = kit.ask(no2(5, 20.5), influx::get);
    assertThat(finding.isHeld()).isFalse();
    assertThat(finding.sentence()).contains("database not found");
  }
}
