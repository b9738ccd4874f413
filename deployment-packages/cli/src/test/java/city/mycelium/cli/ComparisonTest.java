package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.cli.Comparison.Difference;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both halves of the ledger, side by side. */
class ComparisonTest {

  private static final String EPOCH = "00c0ffee00c0ffee";
  private static final String PM = "kit.1/PM25";

  @Test
  void whatWasDeliveredAndIsHeldIsNoDifference() throws Exception {
    Comparison same = compare(gateway(row("city", PM, 100, 0, 100, 0, 0)), holds(PM, 100, 0));

    assertThat(same.isSound()).isTrue();
    assertThat(same.differences()).isEmpty();
  }

  @Test
  void whatIsDeliveredAndNotHeldIsLost() throws Exception {
    Comparison short2 = compare(gateway(row("city", PM, 100, 0, 100, 0, 0)), holds(PM, 98, 0));

    assertThat(short2.isSound()).isFalse();
    assertThat(short2.lost()).isEqualTo(2);
    assertThat(only(short2).explanation()).startsWith("2 LOST").contains("removed there");
  }

  @Test
  void aReceiverThatAccountsForLessThanItAcknowledgedWasRestored() throws Exception {
    Comparison restored =
        compare(
            gateway(row("city", PM, 100, 0, 100, 0, 0)),
            receiver(EPOCH, 60, datastream(PM, 60, 0)));

    assertThat(restored.lost()).isEqualTo(40);
    assertThat(only(restored).explanation()).contains("restored from a backup", "sends again");
  }

  @Test
  void aReceiverThatNeverHeardOfTheGatewayHasLostEverything() throws Exception {
    GatewayLedger gateway = gateway(row("city", PM, 100, 0, 100, 0, 0));
    Comparison empty = Comparison.of(gateway, ReceiverLedger.NOTHING, gateway, Set.of("city"));

    assertThat(empty.lost()).isEqualTo(100);
    assertThat(only(empty).explanation()).contains("never heard of this destination");
  }

  @Test
  void whatIsStoredAndNotAcknowledgedYetIsInFlight() throws Exception {
    Comparison flying = compare(gateway(row("city", PM, 100, 0, 70, 0, 0)), holds(PM, 80, 0));

    assertThat(flying.isSound()).isTrue();
    assertThat(only(flying).explanation())
        .contains("10 stored by the receiver", "in flight", "20 waiting to be sent");
  }

  /** The gateway goes on while the two are asked. */
  @Test
  void whatIsDeliveredBetweenTheQuestionsIsNeitherLostNorUnexplained() throws Exception {
    GatewayLedger before = gateway(row("city", PM, 100, 0, 100, 0, 0));
    GatewayLedger after = gateway(row("city", PM, 130, 0, 120, 0, 0));

    Comparison busy = Comparison.of(before, holds(PM, 112, 0).ledger(), after, Set.of("city"));

    assertThat(busy.isSound()).isTrue();
  }

  @Test
  void whatWasNeverSentIsSaidWithItsReason() throws Exception {
    Comparison kept = compare(gateway(row("city", PM, 100, 10, 50, 25, 15)), holds(PM, 50, 0));

    assertThat(kept.isSound()).isTrue();
    assertThat(only(kept).due()).isEqualTo(90);
    assertThat(only(kept).explanation())
        .contains("25 never sent: no Grant", "15 given up unsent: the gateway's disk was full");
  }

  /** Restored from a backup: what came after it is at the receiver and nowhere else. */
  @Test
  void whatOnlyAnEarlierEpochHadIsExplained() throws Exception {
    Comparison restored =
        compare(
            gateway(row("city", PM, 100, 0, 100, 0, 0)),
            receiver(EPOCH, 100, datastream(PM, 40, 60))
                .and("fedcba9876543210", datastream(PM, 90, 0)));

    assertThat(restored.isSound()).isTrue();
    assertThat(only(restored).explanation()).startsWith("30 more are held of an earlier epoch");
  }

  /** Salvaged while the line was down: the receiver learns of the new epoch later. */
  @Test
  void anEpochThatTheReceiverHasNotHeardOfYetExcusesWhatTheEarlierOneDelivered() throws Exception {
    GatewayLedger gateway = gateway(row("city", PM, 100, 0, 100, 0, 0));
    Comparison unheard = compare(gateway, receiver("fedcba9876543210", 100, datastream(PM, 97, 0)));

    assertThat(unheard.lost()).isEqualTo(3);
    assertThat(only(unheard).explanation())
        .contains("97 delivered in an earlier epoch", "3 LOST", "fewer than that");
  }

  /** Otherwise an old epoch could hide a loss in the new one. */
  @Test
  void anEarlierEpochExcusesNothingInAnEpochThatTheReceiverKnows() throws Exception {
    Comparison hidden =
        compare(
            gateway(row("city", PM, 100, 0, 100, 0, 0)),
            receiver(EPOCH, 100, datastream(PM, 98, 0))
                .and("fedcba9876543210", datastream(PM, 50, 0)));

    assertThat(hidden.lost()).isEqualTo(2);
  }

  @Test
  void whatTheGatewayGaveUpMayHaveArrivedAfterAll() throws Exception {
    Comparison late = compare(gateway(row("city", PM, 100, 0, 90, 0, 10)), holds(PM, 95, 0));

    assertThat(late.isSound()).isTrue();
    assertThat(only(late).explanation())
        .contains("5 given up by the gateway, but with the receiver");
  }

  @Test
  void moreThanTheGatewayEverAcceptedIsUnexplained() throws Exception {
    Comparison more = compare(gateway(row("city", PM, 100, 0, 100, 0, 0)), holds(PM, 103, 0));

    assertThat(more.isSound()).isFalse();
    assertThat(more.unexplained()).isEqualTo(3);
    assertThat(compare(gateway(), holds(PM, 103, 0)).unexplained()).isEqualTo(103);
  }

  @Test
  void whatOneDestinationDoesNotAskForMayComeOverAnother() throws Exception {
    GatewayLedger two =
        gateway(row("city", PM, 100, 0, 100, 0, 0), row("sums", PM, 100, 100, 0, 0, 0));

    assertThat(compare(two, holds(PM, 100, 0)).differences()).isEmpty();
  }

  @Test
  void sumsThatDoNotBalanceAreNotSound() throws Exception {
    GatewayLedger wrong =
        GatewayLedger.of(
            Json.createReader(
                    new StringReader(
                        json(row("city", PM, 100, 0, 100, 0, 0)).replace(":100,\"wi", ":99,\"wi")))
                .readObject());

    assertThat(compare(wrong, holds(PM, 99, 0)).isBalanced()).isFalse();
    assertThat(compare(wrong, holds(PM, 99, 0)).isSound()).isFalse();
  }

  @Test
  void jsonNamesEveryDifference() throws Exception {
    Comparison kept = compare(gateway(row("city", PM, 100, 0, 50, 50, 0)), holds(PM, 50, 0));

    assertThat(kept.toJson().toString())
        .contains(
            "\"balanced\":true,\"lost\":0,\"unexplained\":0",
            "\"destinations\":{\"city\":{\"accepted\":100,\"unselected\":0,\"delivered\":50,",
            "\"differences\":[{\"destination\":\"city\",\"datastream\":\"kit.1/PM25\","
                + "\"gateway\":100,\"receiver\":50,\"lost\":0,\"unexplained\":0,"
                + "\"explanation\":\"50 never sent: no Grant");
    assertThat(kept.toText()).endsWith("Nothing is lost, and every difference is explained.\n");
  }

  @Test
  void anAnswerOfAnotherShapeIsRefusedInWords() {
    assertThatThrownBy(() -> GatewayLedger.of(Json.createObjectBuilder().build()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another version");
    assertThatThrownBy(() -> ReceiverLedger.of(Json.createObjectBuilder().build(), EPOCH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another version");
  }

  private static Difference only(Comparison comparison) {
    assertThat(comparison.differences()).hasSize(1);
    return comparison.differences().get(0);
  }

  private static Comparison compare(GatewayLedger gateway, Receiver receiver) throws IOException {
    return Comparison.of(gateway, receiver.ledger(), gateway, gateway.rows().keySet());
  }

  private static GatewayLedger gateway(String... rows) throws IOException {
    return GatewayLedger.of(Json.createReader(new StringReader(json(rows))).readObject());
  }

  private static String json(String... rows) {
    return "{\"gateway\":\"g\",\"epoch\":\""
        + EPOCH
        + "\",\"accepted\":100,\"balanced\":true,\"destinations\":{},\"datastreams\":["
        + String.join(",", rows)
        + "]}";
  }

  /** What is not accounted for is pending; what was dropped was crowded out. */
  private static String row(
      String destination,
      String datastream,
      long accepted,
      long unselected,
      long delivered,
      long withheld,
      long dropped) {
    return ("{'destination':'%s','datastream':'%s','accepted':%d,'unselected':%d,'delivered':%d,"
            + "'withheld':%d,'dropped':%d,'pending':%d,"
            + "'droppedBy':{'expired':0,'crowdedOut':%d,'refused':0,'damaged':0}}")
        .formatted(
            destination,
            datastream,
            accepted,
            unselected,
            delivered,
            withheld,
            dropped,
            accepted - unselected - delivered - withheld - dropped,
            dropped)
        .replace('\'', '"');
  }

  private static Receiver holds(String datastream, long stored, long inherited) {
    return receiver(EPOCH, 1_000, datastream(datastream, stored, inherited));
  }

  private static Receiver receiver(String epoch, long covered, String... datastreams) {
    return new Receiver(List.of()).and(epoch, covered, datastreams);
  }

  private static String datastream(String name, long stored, long inherited) {
    return "{'datastream':'%s','stored':%d,'inherited':%d}".formatted(name, stored, inherited);
  }

  private record Receiver(List<String> epochs) {
    Receiver and(String epoch, String... datastreams) {
      return and(epoch, 0, datastreams);
    }

    Receiver and(String epoch, long covered, String... datastreams) {
      List<String> more = new ArrayList<>(epochs);
      more.add(
          ("{'epoch':'%s','destinations':[{'destination':'city','covered':%d}],'datastreams':[%s]}")
              .formatted(epoch, covered, String.join(",", datastreams)));
      return new Receiver(more);
    }

    ReceiverLedger ledger() throws IOException {
      String json = "{'gateway':'g','epochs':[" + String.join(",", epochs) + "]}";
      return ReceiverLedger.of(
          Json.createReader(new StringReader(json.replace('\'', '"'))).readObject(), EPOCH);
    }
  }
}
