package city.mycelium.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetsTest {

  private static final Link LINK =
      new Link(
          new GatewayId("mushroomgatewaymushroom234"), 7, List.of(), "city", Link.Proof.ANSWER);
  private static final OffsetRange FLIGHT = new OffsetRange(1, 20);

  private final Offsets some = Offsets.of(List.of(9L, 3L, 4L, 5L, 11L));

  @Test
  void textIsReadBack() {
    assertThat(some).hasToString("3-5,9,11");
    assertThat(Offsets.parse("3-5,9,11").runs()).isEqualTo(some.runs());
  }

  @Test
  void textOfSomebodyElseIsRefused() {
    for (String text : List.of("", "a", "3-", "5-3", "0", "1,,2")) {
      assertThatThrownBy(() -> Offsets.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** What lies between them travelled in another message. */
  @Test
  void aSuccessDeliversTheseAndNoOthers() {
    assertThat(some.usual(LINK, FLIGHT, new Answer.Replied(204, new byte[0])))
        .containsExactly(
            new Outcome.Delivered(7, new OffsetRange(3, 5)),
            new Outcome.Delivered(7, new OffsetRange(9, 9)),
            new Outcome.Delivered(7, new OffsetRange(11, 11)));
  }

  @Test
  void aRefusalIsOfTheseAndNoOthers() {
    assertThat(some.usual(LINK, FLIGHT, new Answer.Refused("no", true)))
        .containsExactly(
            new Outcome.Rejected(new OffsetRange(3, 5), "no"),
            new Outcome.Rejected(new OffsetRange(9, 9), "no"),
            new Outcome.Rejected(new OffsetRange(11, 11), "no"));
  }

  @Test
  void whatIsUnknownConcernsTheFlightOnce() {
    assertThat(some.usual(LINK, FLIGHT, new Answer.Unknown("dead")))
        .containsExactly(new Outcome.SendAgain(FLIGHT, "dead"));
  }
}
