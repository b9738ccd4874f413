package city.mycelium.connector.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReasonCodeTest {

  /** MQTT 5, 3.4.2.1: the codes of a PUBACK. */
  private static final int[] PUBACK = {0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99};

  // MQTT 5, 2.4, table 2-6.
  @Test
  void everyFailureOfTheTableHasWordsOfItsOwn() {
    IntStream.rangeClosed(0x80, 0xA2)
        .forEach(
            code ->
                assertThat(ReasonCode.words(code))
                    .doesNotContain("does not know")
                    .contains(String.format("0x%02X", code)));
    assertThat(ReasonCode.words(0xF0)).contains("does not know"); // the control
  }

  // Paho numbers its own faults from 0 and from 32,000 on; none of them is the broker's word.
  @Test
  void onlyTheFailuresOfTheTableAreTheBrokersWord() {
    assertThat(IntStream.of(0x00, 0x7F, 0x80, 0x99, 0xA2, 0xA3, 32_000).filter(ReasonCode::isKnown))
        .containsExactly(0x80, 0x99, 0xA2);
  }

  @Test
  void aPublishIsRefusedForGoodOnlyWhereItsBytesAreWrong() {
    assertThat(IntStream.of(PUBACK).filter(ReasonCode::isFailure))
        .containsExactly(0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
    assertThat(IntStream.of(PUBACK).filter(ReasonCode::isPermanent)).containsExactly(0x99);
  }
}
