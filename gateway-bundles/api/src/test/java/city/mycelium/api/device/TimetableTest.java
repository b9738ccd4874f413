package city.mycelium.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {

  private static final Step WAKE = Step.say(seconds(0), new byte[] {1});
  private static final Step ASK = Step.ask(seconds(5), new byte[] {3});
  private static final Step REST = Step.say(seconds(9), new byte[] {4});
  private static final Step LATER = Step.say(seconds(10), new byte[] {5});

  @Test
  void theOpeningComesOnceThenTheCyclesFollowEachOther() {
    Timetable timetable =
        new Timetable(
            List.of(WAKE), seconds(10), seconds(60), List.of(ASK, REST, LATER), List.of());

    assertThat(IntStream.range(0, 6).mapToObj(timetable::step))
        .containsExactly(WAKE, ASK, REST, LATER, ASK, REST);
    assertThat(IntStream.range(0, 6).mapToObj(i -> timetable.due(i).toSeconds()))
        .containsExactly(0L, 15L, 19L, 20L, 75L, 79L);
  }

  @Test
  void aDeviceThatTakesNoCommandsIsOnlyListenedTo() {
    Timetable timetable = Timetable.listenOnly(seconds(60));

    assertThat(timetable.step(0).wantsResults()).isTrue();
    assertThat(timetable.step(0).words()).isEmpty();
    assertThat(timetable.due(0)).isZero();
    assertThat(timetable.due(1)).isEqualTo(seconds(60));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Timetable.listenOnly(Duration.ZERO)).hasMessageContaining("some time");
    assertThatThrownBy(() -> cycleOf(REST)).hasMessageContaining("want results");
    assertThatThrownBy(() -> cycleOf(REST, ASK)).hasMessageContaining("order of time");
    assertThatThrownBy(() -> cycleOf(ASK, Step.listen(seconds(61))))
        .hasMessageContaining("do not fit");
    assertThatThrownBy(
            () -> new Timetable(List.of(ASK), seconds(4), seconds(60), List.of(ASK), List.of()))
        .hasMessageContaining("do not fit");
  }

  // The words of a step are bytes on a wire: nobody may change them afterwards.
  @Test
  void aStepKeepsItsWordsToItself() {
    byte[] words = {1, 2};
    Step step = Step.say(seconds(0), words);
    words[0] = 9;
    step.words()[1] = 9;

    assertThat(step.words()).containsExactly(1, 2);
  }

  private static Timetable cycleOf(Step... steps) {
    return new Timetable(List.of(), seconds(0), seconds(60), List.of(steps), List.of());
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
