package city.mycelium.system.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever falls over, everything that was promised to a kit arrives, and arrives once. */
class MishapsTest {

  @TempDir private Path folder;

  @Test
  void brokerThatStopsDiesAndForgetsLosesNothing() throws Exception {
    try (Town town = new Town(folder, false)) {
      town.startReceiver();
      town.startGateway();
      Kit kit = new Kit(town);
      kit.post(60);
      town.broker().stop();
      kit.post(60); // nobody is there to take it
      town.broker().restart();
      kit.post(60);
      town.broker().kill(); // in mid-flow, and with it all that it had taken
      kit.post(60);
      town.broker().restart();
      assertEverythingArrivedOnce(town, kit);
    }
  }

  @Test
  void gatewayKilledTwentyTimesKeepsItsPromises() throws Exception {
    Random random = new Random(20_261_123);
    try (Town town = new Town(folder, true)) {
      town.startReceiver();
      town.startGateway();
      Kit kit = new Kit(town);
      for (int i = 0; i < 20; i++) {
        kit.post(1 + random.nextInt(25));
        town.killGateway();
        town.startGateway();
      }
      kit.post(5);
      assertEverythingArrivedOnce(town, kit);
    }
  }

  // Messages beyond the receiver's session are dropped by Mosquitto although it acknowledged them:
  // a short queue shows that sync does not believe the broker.
  @Test
  void receiverKilledWithMessagesInFlightAndItsSessionDroppedIsSentEverythingAgain()
      throws Exception {
    try (Town town = new Town(folder, false, "max_queued_messages 2", "max_inflight_messages 2")) {
      town.startReceiver();
      town.startGateway();
      Kit kit = new Kit(town);
      kit.post(80);
      town.killReceiver();
      kit.post(120);
      assertThat(town.ledger().getInt("pending")).isPositive(); // control: the broker took them all
      town.broker().kill();
      town.broker().restart(); // and with it the receiver's session
      town.startReceiver();
      kit.post(20);
      assertEverythingArrivedOnce(town, kit);
    }
  }

  private static void assertEverythingArrivedOnce(Town town, Kit kit) throws Exception {
    JsonObject ledger = town.drained();
    assertThat(ledger.getInt("delivered"))
        .isEqualTo(ledger.getInt("accepted") - ledger.getInt("unselected"));
    assertThat(ledger.getInt("dropped")).isZero();
    assertThat(ledger.getInt("withheld")).isZero();
    // Values are all different: in any order, each exactly once.
    assertThat(town.values("PM25")).containsExactlyInAnyOrderElementsOf(kit.promised());
    JsonObject holdings = town.holdings();
    assertThat(holdings.getInt("stored")).isEqualTo(ledger.getInt("accepted"));
    assertThat(holdings.getInt("duplicatesStored")).isZero();
    assertThat(holdings.getJsonArray("destinations").getJsonObject(0).getInt("gaps")).isZero();
  }
}
