package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Result.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static final Datastream RAW = House.temperature("kit/T");
  private static final Datastream HOUR = RAW.over(Duration.ofHours(1));
  private static final Datastream DAY = RAW.over(Duration.ofDays(1));
  private static final Position HERE = new Position(52.12, 6.12, null);

  private static boolean isAskedFor(Selection selection, Datastream datastream) {
    return selection.matches(datastream, () -> HERE);
  }

  private static Selection kinds(String... kinds) {
    return new Selection(List.of("*"), List.of(), List.of(), Optional.empty(), List.of(kinds));
  }

  private static Selection area(String area) {
    return new Selection(List.of("*"), List.of(), List.of(), Optional.of(Area.of(area)), List.of());
  }

  @Test
  void emptyPartsLetEverythingThrough() {
    assertThat(isAskedFor(Selection.ofIds(List.of("*")), RAW)).isTrue();
    assertThat(isAskedFor(Selection.ofIds(List.of("kit/*")), DAY)).isTrue();
    assertThat(isAskedFor(Selection.ofIds(List.of("kat/*")), RAW)).isFalse();
  }

  @Test
  void kindsAreRawOrLengthsOfWindows() {
    assertThat(isAskedFor(kinds("raw"), RAW)).isTrue();
    assertThat(isAskedFor(kinds("raw"), HOUR)).isFalse();
    assertThat(isAskedFor(kinds("PT1H", "P1D"), DAY)).isTrue();
    assertThat(isAskedFor(kinds("PT60M"), HOUR)).isTrue();
    assertThat(isAskedFor(kinds("PT1H"), RAW)).isFalse();
    assertThatThrownBy(() -> kinds("hourly"))
        .hasMessage(
            "selectKinds are 'raw' and lengths of windows such as PT10M, PT1H or P1D, not 'hourly'");
  }

  @Test
  void everyPartHasToLetItThrough() {
    Selection both =
        new Selection(
            List.of("kit/*"),
            List.of(RAW.property().name()),
            List.of("fr*"),
            Optional.empty(),
            List.of("raw"));
    assertThat(isAskedFor(both, RAW)).isTrue();
    assertThat(isAskedFor(both, HOUR)).isFalse();
    Selection other =
        new Selection(List.of("kit/*"), List.of("NO2"), List.of(), Optional.empty(), List.of());
    assertThat(isAskedFor(other, RAW)).isFalse();
    Selection elsewhere =
        new Selection(List.of("kit/*"), List.of(), List.of("bay-7"), Optional.empty(), List.of());
    assertThat(isAskedFor(elsewhere, RAW)).isFalse();
  }

  @Test
  void areaHasItsEdgesAndCrossesTheDateLine() {
    assertThat(isAskedFor(area("52.12,6.1,52.2,6.2"), RAW)).isTrue();
    assertThat(isAskedFor(area("52.13,6.1,52.2,6.2"), RAW)).isFalse();
    assertThat(Area.of("-20,170,-10,-170").contains(new Position(-15, -179, null))).isTrue();
    assertThat(Area.of("-20,170,-10,-170").contains(new Position(-15, 160, null))).isFalse();
    for (String bad : List.of("", "1,2,3", "1,2,3,x", "5,0,4,1", "0,-181,1,0", "NaN,0,1,1")) {
      assertThatThrownBy(() -> Area.of(bad)).hasMessageStartingWith("an area");
    }
  }

  @Test
  void thingWithoutATellablePlaceIsOutside() {
    assertThat(area("-90,-180,90,180").matches(RAW, () -> null)).isFalse();
  }

  /** Otherwise small areas, one after the other, would tell the place exactly. */
  @Test
  void whereItIsToldToBeDecidesAndNotWhereItIs() throws Exception {
    Rig rig = new Rig();
    rig.house.precision = new LocationPrecision(1); // 52.123456 6.123456 is told as 52.1 6.1
    rig.selection = area("52.12,6.12,52.13,6.13"); // the exact place lies in it
    rig.observe("kit/T", 10);
    rig.start();
    rig.connect();
    rig.deliverAll();
    assertThat(rig.tally()).isEqualTo(Tally.unselected(10));

    Rig control = new Rig();
    control.house.precision = new LocationPrecision(1);
    control.selection = area("52.05,6.05,52.12,6.12"); // the told one does
    control.observe("kit/T", 10);
    control.start();
    control.connect();
    control.deliverAll();
    assertThat(control.tally()).isEqualTo(Tally.delivered(10));
  }
}
