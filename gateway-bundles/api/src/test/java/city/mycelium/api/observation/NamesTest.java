package city.mycelium.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The names that travel: devices, Things, parties, Datastreams, gateways. */
class NamesTest {

  private record Kind(String what, Function<String, Object> of, int longest, boolean path) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind("device", DeviceId::new, 64, false),
        new Kind("thing", ThingId::new, 64, false),
        new Kind("party", PartyId::new, 64, false),
        new Kind("datastream", DatastreamId::new, 128, true));
  }

  static Stream<Arguments> badNames() {
    List<String> bad =
        List.of("", " ", "a b", "a\nb", "../etc", "-a", ".a", "_a", ":a", "a\u0000", "é");
    return kinds().stream().flatMap(kind -> bad.stream().map(name -> Arguments.of(kind, name)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesTheAlphabetThatTravelsUnchanged(Kind kind) {
    assertThat(kind.of().apply("Az09-:._")).hasToString("Az09-:._");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesWhatSomeProtocolWouldTrip(Kind kind, String name) {
    assertThatThrownBy(() -> kind.of().apply(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasALimit(Kind kind) {
    assertThat(kind.of().apply("a".repeat(kind.longest()))).isNotNull();
    assertThatThrownBy(() -> kind.of().apply("a".repeat(kind.longest() + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onlyADatastreamHasAPath(Kind kind) {
    if (kind.path()) {
      assertThat(kind.of().apply("a/b")).hasToString("a/b");
    } else {
      assertThatThrownBy(() -> kind.of().apply("a/b")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
