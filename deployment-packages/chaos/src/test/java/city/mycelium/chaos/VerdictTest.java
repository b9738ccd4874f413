package city.mycelium.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.town.Ledger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

  /** Of 100 accepted all but the dropped are delivered. */
  private static Ledger ledger(long dropped, long lost, long storedTwice) {
    return new Ledger(
        100,
        0,
        100 - dropped,
        0,
        dropped,
        0,
        0,
        lost,
        80,
        new Ledger.Holding(100 - dropped, 5, storedTwice, 0),
        14,
        List.of("gnss"),
        20);
  }

  private static Verdict verdict(Ledger ledger, long damaged, long wrongTimes) {
    return new Verdict(1, Map.of(Fault.KILL, 3), ledger, damaged, wrongTimes, 1);
  }

  @Test
  void holdsWhenAllIsDeliveredOnce() {
    assertThat(verdict(ledger(0, 0, 0), 0, 0).holds()).isTrue();
  }

  @Test
  void doesNotHoldWhenSomethingIsLostOrStoredTwiceOrHasAWrongTime() {
    assertThat(verdict(ledger(0, 1, 0), 0, 0).holds()).isFalse();
    assertThat(verdict(ledger(0, 0, 1), 0, 0).holds()).isFalse();
    assertThat(verdict(ledger(0, 0, 0), 0, 1).holds()).isFalse();
  }

  /** A medium that loses what was written is not the gateway's fault; to be silent about it is. */
  @Test
  void damageIsForgivenAsFarAsTheGatewaySaysSo() {
    assertThat(verdict(ledger(3, 3, 0), 3, 0).holds()).isTrue();
    assertThat(verdict(ledger(3, 3, 0), 2, 0).holds()).isFalse();
    assertThat(verdict(ledger(3, 4, 0), 3, 0).lost()).isEqualTo(1);
  }

  @Test
  void saysAsJsonWhatWasDoneAndWhatCameOfIt() {
    var json = verdict(ledger(0, 0, 0), 0, 0).toJson();

    assertThat(json.getJsonObject("faults").getInt("kills")).isEqualTo(3);
    assertThat(json.getInt("lost")).isZero();
    assertThat(json.getBoolean("holds")).isTrue();
  }
}
