package city.mycelium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  @Test
  void sameSeedGivesTheSameDatasetHoweverItIsCut() {
    Dataset whole = new Dataset(7);
    Dataset parts = new Dataset(7);
    List<Draft> expected = whole.next(100);
    assertThat(parts.next(37)).isEqualTo(expected.subList(0, 37));
    assertThat(parts.next(63)).isEqualTo(expected.subList(37, 100));
    assertThat(new Dataset(8).next(100)).isNotEqualTo(expected); // control
  }

  @Test
  void eachStreamSpeaksOnceASecondAtAResolutionOfAHundredth() {
    List<Draft> drafts = new Dataset(7).next(2 * Dataset.STREAMS);
    for (int i = 0; i < Dataset.STREAMS; i++) {
      Draft first = drafts.get(i);
      Draft second = drafts.get(i + Dataset.STREAMS);
      assertThat(second.datastream()).isEqualTo(first.datastream());
      assertThat(second.phenomenonTime().from() - first.phenomenonTime().from()).isEqualTo(1_000);
      double value = ((Result.Measurement) first.result()).value();
      assertThat(Math.round(value * 100) / 100.0).isEqualTo(value);
    }
  }
}
