package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.Resident;
import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.simulator.sender.Answer;
import city.mycelium.simulator.sender.AnswerLog;
import city.mycelium.simulator.sender.Answers;
import city.mycelium.simulator.sender.Answers.Stored;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReckoningTest {

  private static final List<Resident> RESIDENTS =
      List.of(
          new Resident("a.1", "a", null, true),
          new Resident("a.2", "a", null, false),
          new Resident("b.1", "b", "port", true));

  private static final String SOUND_ACCOUNT =
      """
      {"gateway":"g","accepted":10,"destinations":{
        "city":{"accepted":10,"unselected":1,"delivered":6,"withheld":3,"dropped":0,"pending":0},
        "other":{"accepted":10,"unselected":10,"delivered":0,"withheld":0,"dropped":0,"pending":0}}}
      """;

  private static final String SOUND_HOLDINGS =
      """
      {"gateways":[
        {"gateway":"somebody else","epochs":[
          {"counted":99,"duplicatesDropped":9,"duplicatesStored":9,"destinations":[]}]},
        {"gateway":"g","epochs":[
          {"counted":6,"duplicatesDropped":2,"duplicatesStored":0,"destinations":[
            {"destination":"city","gaps":0},{"destination":"other","gaps":7}]}]}]}
      """;

  private static final JournalContents SOUND_JOURNAL =
      new JournalContents(List.of(new Stored("a.1/T", 5, 1.5)), Set.of("a.1", "b.1"), 4);

  @TempDir private Path folder;

  @Test
  void whatIsSoundIsSound() throws IOException {
    Ledger ledger = reckon(SOUND_ACCOUNT, SOUND_HOLDINGS, SOUND_JOURNAL);

    assertThat(ledger)
        .isEqualTo(
            new Ledger(
                10,
                1,
                6,
                3,
                0,
                0,
                3,
                0,
                1,
                new Ledger.Holding(6, 2, 0, 0),
                3,
                List.of("a", "b"),
                4));
    assertThat(ledger.isSound()).isTrue();
  }

  @Test
  void aPromisedReadingThatIsNotInTheJournalIsLost() throws IOException {
    JournalContents without = new JournalContents(List.of(), Set.of("a.1"), 4);

    Ledger ledger = reckon(SOUND_ACCOUNT, SOUND_HOLDINGS, without);

    assertThat(ledger.lost()).isEqualTo(1);
    assertThat(ledger.isSound()).isFalse();
  }

  @Test
  void whatIsCalledDeliveredAndNotWithTheReceiverIsLost() throws IOException {
    Ledger ledger =
        reckon(
            SOUND_ACCOUNT, SOUND_HOLDINGS.replace("\"counted\":6", "\"counted\":4"), SOUND_JOURNAL);

    assertThat(ledger.lost()).isEqualTo(2);
    assertThat(ledger.isSound()).isFalse();
  }

  @Test
  void sumsThatDoNotBalanceAreNotSound() throws IOException {
    Ledger ledger =
        reckon(
            SOUND_ACCOUNT.replace("\"withheld\":3", "\"withheld\":2"),
            SOUND_HOLDINGS,
            SOUND_JOURNAL);

    assertThat(ledger.balances()).isFalse();
    assertThat(ledger.isSound()).isFalse();
  }

  @Test
  void gapsAndThingsStoredTwiceAreNotSound() throws IOException {
    assertThat(
            reckon(
                    SOUND_ACCOUNT,
                    SOUND_HOLDINGS.replace(
                        "{\"destination\":\"city\",\"gaps\":0}",
                        "{\"destination\":\"city\",\"gaps\":1}"),
                    SOUND_JOURNAL)
                .isSound())
        .isFalse();
    assertThat(
            reckon(
                    SOUND_ACCOUNT,
                    SOUND_HOLDINGS.replace("\"duplicatesStored\":0", "\"duplicatesStored\":1"),
                    SOUND_JOURNAL)
                .isSound())
        .isFalse();
  }

  /** The figures that the issue asks for, by these names. */
  @Test
  void theJsonHasTheAgreedShape() throws IOException {
    assertThat(reckon(SOUND_ACCOUNT, SOUND_HOLDINGS, SOUND_JOURNAL).toJson())
        .hasToString(
            "{\"accepted\":10,\"unselected\":1,\"delivered\":6,\"withheld\":3,\"dropped\":0,"
                + "\"pending\":0,\"held\":3,\"lost\":0,\"promised\":1,"
                + "\"receiver\":{\"stored\":6,\"duplicatesDropped\":2,\"duplicatesStored\":0,\"gaps\":0},"
                + "\"devices\":3,\"kinds\":2,\"kindNames\":[\"a\",\"b\"],\"aggregates\":4,\"balanced\":true}");
  }

  @Test
  void theTableSaysWhetherAllIsWell() throws IOException {
    Ledger sound = reckon(SOUND_ACCOUNT, SOUND_HOLDINGS, SOUND_JOURNAL);
    Ledger broken =
        reckon(SOUND_ACCOUNT, SOUND_HOLDINGS, new JournalContents(List.of(), Set.of(), 0));

    assertThat(sound.toTable()).contains("Everything is accounted for").doesNotContain("NOT SOUND");
    assertThat(sound.toTable().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(81));
    assertThat(broken.toTable()).contains("NOT SOUND");
  }

  private Ledger reckon(String account, String holdings, JournalContents journal)
      throws IOException {
    Path file = folder.resolve("answers");
    try (AnswerLog log = AnswerLog.appendTo(file)) {
      log.note(new Answer("a.1", 1, 5, 204, List.of(new PostedValue("a.1/T", 1.5, null))));
      log.note(new Answer("a.2", 1, 5, 204, List.of(new PostedValue("a.2/T", 2.5, null))));
    }
    return Reckoning.of(
        "city",
        json(account),
        json(
            """
            {"devices":[{"device":"a.1","state":"adopted","thing":"x"},
              {"device":"a.2","state":"waiting for adoption","held":3}]}
            """),
        json(holdings),
        journal,
        Answers.read(file),
        RESIDENTS);
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}
