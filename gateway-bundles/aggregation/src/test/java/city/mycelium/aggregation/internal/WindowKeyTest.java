package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowKeyTest {

  private static final WindowKey KEY = key("paddenstoel.1/PM25/PT10M", 600_000, 1_200_000);

  @Test
  void itComesBackFromItsStateKeyAsItWas() {
    assertThat(KEY.stateKey())
        .isEqualTo("000000001200000/000000000600000/paddenstoel.1/PM25/PT10M");
    assertThat(WindowKey.parse(KEY.stateKey())).isEqualTo(KEY);
    WindowKey last = key("a/b/PT1H", 253_402_297_200_000L, 253_402_300_799_999L);
    assertThat(WindowKey.parse(last.stateKey())).isEqualTo(last);
  }

  // Forgetting stops at the first that is still young: it leans on the order of the store.
  @Test
  void theStoreSortsAsTheEndsOfTheWindowsDo() {
    Random random = new Random(20261123);
    List<WindowKey> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long from = random.nextInt(5) * (long) Math.pow(10, random.nextInt(14));
      keys.add(key("a/" + random.nextInt(3) + "/PT1M", from, from + 60_000));
    }

    List<WindowKey> byStateKey = new ArrayList<>(keys);
    byStateKey.sort(Comparator.comparing(WindowKey::stateKey));
    Collections.sort(keys);

    assertThat(keys).isEqualTo(byStateKey);
    assertThat(keys).isSortedAccordingTo(Comparator.comparingLong(key -> key.window().to()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "000000001200000/000000000600000",
        "000000001200000/000000000600000/",
        "x00000001200000/000000000600000/a/b/PT1M",
        "000000000600000/000000001200000/a/b/PT1M"
      })
  void whatNamesNoWindowIsRefused(String text) {
    assertThatThrownBy(() -> WindowKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void garbageIsRefusedWithAnOrdinaryException() {
    Random random = new Random(20261123);
    String whole = KEY.stateKey();
    for (int i = 0; i < 10_000; i++) {
      char[] text = whole.substring(0, random.nextInt(whole.length())).toCharArray();
      for (int j = 0; i % 2 == 0 && j < text.length; j++) {
        text[j] = (char) (' ' + random.nextInt(90));
      }
      try {
        assertThat(WindowKey.parse(new String(text)).stateKey()).isNotEmpty();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  private static WindowKey key(String aggregate, long from, long to) {
    return new WindowKey(new DatastreamId(aggregate), PhenomenonTime.between(from, to));
  }
}
