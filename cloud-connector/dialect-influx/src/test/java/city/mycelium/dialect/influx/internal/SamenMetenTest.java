package city.mycelium.dialect.influx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the lines that public programs of suppliers send to RIVM; here fields are sorted. */
class SamenMetenTest {

  private static final PhenomenonTime MINUTE =
      PhenomenonTime.between(SampleCity.NOON - 60_000, SampleCity.NOON);
  private static final Described DUST = Kit.sample("paddenstoel.123/PM10");
  private static final Described NO2 = Kit.sample("paddenstoel.123/NO2");

  private static Kit kit(Map<String, String> more, Names names) throws SettingsException {
    Map<String, String> settings =
        new HashMap<>(Map.of("group", "sensoren", "setups", "PM10=SDS011, NO2=NO2-B43F"));
    settings.putAll(more);
    return new Kit(
        new SamenMetenComponent(),
        settings,
        names,
        message -> new Answer.Replied(204, new byte[0]));
  }

  private static Described at(Described like, long offset, double value) {
    return Kit.with(like, offset, MINUTE, new Result.Measurement(value));
  }

  /** Floats also where the value is whole, hPa, and the line's own time at its end. */
  @Test
  void oneSensorAndIntervalIsOneLine() throws Exception {
    assertThat(
            kit(Map.of(), Names.NONE)
                .body(List.of(at(DUST, 5, 13), at(Kit.sample("paddenstoel.123/P"), 6, 101_325))))
        .isEqualTo(
            "m_sensoren,id=paddenstoel.123 P=1013.25,P-eenheid=\"hPa\",PM10=13.0,"
                + "PM10-eenheid=\"ug/m3\",PM10-meetopstelling=\"SDS011\",lat=52.507,lon=6.079,"
                + "timestamp_from=\"2026-11-23T11:59:00Z\",timestamp_to=\"2026-11-23T12:00:00Z\""
                + " 1795435200000\n");
  }

  /** RIVM keeps raw values; what a calibration made of them is another component. */
  @Test
  void rawAndCalibratedStayApart() throws Exception {
    Datastream raw = NO2.datastream();
    Datastream calibrated =
        new Datastream(
            new DatastreamId("paddenstoel.123/NO2-calibrated"),
            raw.thing(),
            raw.device(),
            raw.property(),
            raw.unit(),
            null,
            null);
    assertThat(
            kit(Map.of(), Names.NONE)
                .body(
                    List.of(
                        at(NO2, 5, -1.25),
                        Kit.with(NO2, calibrated, 6, MINUTE, new Result.Measurement(21)))))
        .contains("NO2=-1.25,", "NO2_kal=21.0,", "NO2-meetopstelling=\"NO2-B43F\"")
        .hasLineCount(1);
  }

  @Test
  void aPlaceThatMayNotBeToldIsNotTold() throws Exception {
    Described hidden =
        new Described(
            DUST.observation(), DUST.datastream(), new KnownThing(DUST.thing().id(), "?", null));
    assertThat(kit(Map.of(), Names.NONE).body(List.of(hidden))).doesNotContain("lat=", "lon=");
  }

  /** Both would be one field of one point, and the later would eat the earlier. */
  @Test
  void twoValuesOfOneComponentAndIntervalAreNotMixed() throws Exception {
    List<Outcome> outcomes =
        kit(Map.of(), Names.NONE).send(List.of(at(DUST, 5, 13), at(DUST, 6, 14)));
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.offsets().first()).isEqualTo(6));
  }

  /** Of one window a correction stays; of two Datastreams neither may hide the other. */
  @Test
  void windowsOfTwoDatastreamsAreNotMixedEither() throws Exception {
    Described hour = Kit.sample("paddenstoel.123/NO2/PT1H");
    Datastream second =
        new Datastream(
                new DatastreamId("paddenstoel.123/NO2b"),
                NO2.datastream().thing(),
                NO2.datastream().device(),
                NO2.datastream().property(),
                NO2.datastream().unit(),
                null,
                null)
            .over(Duration.ofHours(1));
    PhenomenonTime window = hour.observation().phenomenonTime();
    List<Outcome> outcomes =
        kit(Map.of("windows", "PT1H"), Names.NONE)
            .send(
                List.of(
                    Kit.with(hour, 5, window, Result.Summary.ofNumbers(1, 1, 1, 2, 3, 1)),
                    Kit.with(hour, 6, window, Result.Summary.ofNumbers(1, 1, 1, 2, 3, 2)),
                    Kit.with(hour, second, 7, window, Result.Summary.ofNumbers(1, 1, 1, 2, 3, 1))));
    assertThat(outcomes)
        .filteredOn(Outcome.Rejected.class::isInstance)
        .extracting(outcome -> ((Outcome.Rejected) outcome).offsets().first())
        .containsExactly(7L);
  }

  @Test
  void windowsAreToldInsteadOfRawValuesAndNeverBoth() throws Exception {
    Kit kit =
        kit(Map.of("windows", "PT1H"), new Names(Map.of("front-12", "ZWL_12"), Map.of(), Map.of()));
    List<Described> hour = List.of(Kit.sample("paddenstoel.123/NO2/PT1H"));
    assertThat(kit.body(hour))
        .contains("m_sensoren,id=ZWL_12 ", "NO2=22.25,", "timestamp_from=\"2026-11-23T11:00:00Z\"");
    assertThat(kit.send(List.of(NO2)).toString()).contains("dialect.windows", "PT1H");
  }

  @Test
  void nonsenseIsRefusedWithWords() {
    for (Map<String, String> nonsense :
        List.of(
            Map.of("group", "a group"),
            Map.of("setups", "SDS011"),
            Map.of("windows", "hourly"),
            Map.of("windows", "-PT1H"))) {
      assertThatThrownBy(() -> kit(nonsense, Names.NONE))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(nonsense.keySet().iterator().next());
    }
    assertThatThrownBy(
            () -> kit(Map.of(), new Names(Map.of("front-12", "a\nb"), Map.of(), Map.of())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("mapping file");
  }
}
