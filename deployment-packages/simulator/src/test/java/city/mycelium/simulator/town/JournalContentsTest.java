package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.simulator.sender.Answers.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalContentsTest {

  @TempDir private Path data;

  /** More than one page, through the gateway's own file. */
  @Test
  void countsWhatIsThere() throws Exception {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      drafts.add(draft("paddenstoel.1/PM10", i, new Result.Measurement(i / 100.0)));
    }
    drafts.add(draft("lorawan.1/bay", 3, new Result.Category("occupied")));
    drafts.add(draft("lorawan.1/bay", 4, new Result.Category("free")));
    drafts.add(draft("gnss.a/position", 1, new Result.Position(52.8, 5.35, null)));
    drafts.add(draft("paddenstoel.1/PM10/PT1M", 0, Result.Summary.ofNumbers(1, 0, 1, 1, 1, 1)));
    try (SqliteJournal journal = SqliteJournal.open(data, JournalOptions.DEFAULT)) {
      journal.append(drafts, List.of(), Durability.SYNCED).get();
    }

    try (SqliteJournal journal = SqliteJournal.open(data, JournalOptions.DEFAULT)) {
      JournalContents contents = JournalContents.of(journal);

      assertThat(contents.raw())
          .hasSize(2_502)
          .contains(
              new Stored("paddenstoel.1/PM10", 2_499, 24.99),
              new Stored("lorawan.1/bay", 3, 1),
              new Stored("lorawan.1/bay", 4, 0));
      assertThat(contents.devices())
          .containsExactlyInAnyOrder("paddenstoel.1", "gnss.a", "lorawan.1");
      assertThat(contents.aggregates()).isEqualTo(1);
    }
  }

  private static Draft draft(String datastream, long at, Result result) {
    return new Draft(new DatastreamId(datastream), PhenomenonTime.at(at), result, Quality.GOOD, at);
  }
}
