package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.cli.GatewayLedger.Row;
import city.mycelium.shell.internal.Requests;
import city.mycelium.sync.internal.LedgerCommand;
import city.mycelium.testkit.InMemoryJournal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answer of the gateway's own command, as it is, is what the comparison understands. */
class GatewayLedgerTest {

  private static final DatastreamId PM = new DatastreamId("kit.1/PM25");

  @Test
  void theCommandsAnswerIsUnderstood() throws Exception {
    InMemoryJournal journal = new InMemoryJournal();
    Draft draft =
        new Draft(PM, PhenomenonTime.at(1_795_435_200_000L), new Measurement(8), Quality.GOOD, 0);
    journal.append(List.of(draft, draft, draft), List.of(), Durability.SYNCED).join();
    journal
        .advance(
            new Advance(
                "destination/city",
                0,
                2,
                TallySheet.of(PM, Tally.delivered(1).plus(Tally.refused(1))),
                List.of(),
                Map.of(),
                List.of(),
                List.of()))
        .join();

    GatewayLedger ledger =
        GatewayLedger.of(Requests.toJson(new LedgerCommand(journal).run(Map.of())));

    assertThat(ledger.adds()).isTrue();
    assertThat(ledger.gateway()).isEqualTo(journal.gateway().value());
    assertThat(ledger.row("city", PM.value()))
        .isEqualTo(
            new Row(
                3,
                0,
                1,
                0,
                1,
                1,
                Map.of("expired", 0L, "crowdedOut", 0L, "refused", 1L, "damaged", 0L)));
  }
}
