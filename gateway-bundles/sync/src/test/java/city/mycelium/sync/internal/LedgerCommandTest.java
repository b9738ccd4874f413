package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerCommandTest {

  private final Rig rig = new Rig();

  private Map<String, Object> ledger() throws Exception {
    return new LedgerCommand(rig.journal).run(Map.of());
  }

  @SuppressWarnings("unchecked") // the shape of an answer is what this test is about
  private static Map<String, Object> hub(Map<String, Object> ledger) {
    return (Map<String, Object>) ((Map<String, Object>) ledger.get("destinations")).get("hub");
  }

  @Test
  void everyDatastreamIsAccountedForAtAnyMoment() throws Exception {
    rig.house.keptBack.add("kit/secret");
    rig.observe("kit/T", 10);
    rig.observe("kit/secret", 5);
    rig.observe("other/T", 3);
    rig.journal.crowdOut(new OffsetRange(2, 3));
    rig.start();
    rig.connect();
    rig.scheduler.pass(Rig.MINUTE);
    rig.deliverAll();
    rig.observe("kit/T", 4); // pending
    Map<String, Object> ledger = ledger();
    assertThat(ledger).containsEntry("accepted", 22L).containsEntry("balanced", true);
    assertThat(hub(ledger))
        .containsEntry("accepted", 22L)
        .containsEntry("unselected", 3L)
        .containsEntry("delivered", 8L)
        .containsEntry("withheld", 5L)
        .containsEntry("dropped", 2L)
        .containsEntry("pending", 4L)
        .containsEntry("balanced", true);
    assertThat(hub(ledger).get("droppedBy").toString()).contains("crowdedOut=2", "expired=0");
    assertThat(ledger.get("datastreams").toString())
        .contains("datastream=kit/T, accepted=14, unselected=0, delivered=8, withheld=0, dropped=2")
        .contains("datastream=kit/secret, accepted=5, unselected=0, delivered=0, withheld=5")
        .contains("datastream=other/T, accepted=3, unselected=3");
  }

  /** What a broken device never said is in no count; whoever reads the ledger has to see it. */
  @Test
  void devicesStandInItAsTheirDriversSeeThem() throws Exception {
    DeviceAccounts drivers =
        new DeviceAccounts() {
          @Override
          public Map<DeviceId, Map<String, Object>> devices() {
            return Map.of(
                new DeviceId("bme280.roof"),
                Map.of("at", "/dev/i2c-1", "status", "UNREACHABLE", "reason", "nothing answers"));
          }

          @Override
          public List<Map<String, Object>> strangers() {
            return List.of();
          }
        };
    Map<String, Object> ledger =
        new LedgerCommand(rig.journal, () -> List.of(drivers)).run(Map.of());

    assertThat(ledger.get("devices"))
        .isEqualTo(
            List.of(
                Map.of(
                    "device", "bme280.roof",
                    "status", "UNREACHABLE",
                    "reason", "nothing answers")));
    assertThat(ledger()).doesNotContainKey("devices");
  }

  /** A tally for the wrong Datastream leaves the totals right: only the rows betray it. */
  @Test
  void ledgerThatDoesNotBalanceSaysSo() throws Exception {
    rig.observe("kit/T", 2);
    rig.observe("kit/H", 2);
    TallySheet wrong = TallySheet.of(new DatastreamId("kit/T"), Tally.delivered(4));
    assertThat(
            rig.journal.advance(
                new Advance(
                    "destination/hub", 0, 4, wrong, List.of(), Map.of(), List.of(), List.of())))
        .isCompleted();
    assertThat(ledger()).containsEntry("balanced", false);
  }
}
