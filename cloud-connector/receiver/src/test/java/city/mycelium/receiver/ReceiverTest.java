package city.mycelium.receiver;

import static city.mycelium.receiver.Samples.CITY;
import static city.mycelium.receiver.Samples.EPOCH;
import static city.mycelium.receiver.Samples.GATEWAY;
import static city.mycelium.receiver.Samples.pack;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.query.GatewaysQuestion;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Counted;
import city.mycelium.receiver.internal.query.GatewaysQuestion.Holding;
import city.mycelium.receiver.internal.store.Database;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.MosquittoProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole receiver between a real broker and a real database, with everything dying that can:
 * nothing may be lost, and nothing stored twice.
 */
class ReceiverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private MosquittoProcess broker;
  private FakeGateway gateway;

  @BeforeEach
  void startBroker() throws Exception {
    broker = MosquittoProcess.start(Files.createDirectory(folder.resolve("broker")), true);
  }

  @AfterEach
  void endBroker() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    broker.close();
  }

  @Test
  void whatAGatewaySendsIsStoredAndAcknowledged() throws Exception {
    try (Receiver receiver = receiver()) {
      connectGateway();
      for (int i = 0; i < 50; i++) {
        gateway.send(pack(1 + 10L * i, 10 + 10L * i));
      }
      awaitDelivery();

      assertThat(gateway.acknowledged()).isEqualTo(new Acknowledgement(EPOCH, 500, List.of(), 500));
      assertThat(get(receiver, "v1/gateways")).contains("\"online\":true", "\"contiguous\":500");
    }
    assertHeldOnce(500);
  }

  @Test
  void aGatewayThatVanishesIsShownOffline() throws Exception {
    try (Receiver receiver = receiver()) {
      connectGateway();
      awaitAnswer(receiver, "v1/gateways", "\"online\":true");
      gateway.vanish();
      awaitAnswer(receiver, "v1/gateways", "\"online\":false");
    }
  }

  /** docs/wire.md, 4: whoever is online again may have missed what it was told. */
  @Test
  void aGatewayThatIsOnlineAgainIsToldAgainWhatIsHeld() throws Exception {
    try (Receiver receiver = receiver()) {
      awaitConnected(receiver);
      connectGateway();
      gateway.send(pack(1, 10));
      awaitDelivery();
      // The retained acknowledgement is wiped out: only the receiver can say it again.
      gateway.say("ack", "application/json", new byte[0], true);
      gateway.close();

      FakeGateway forgetful = new FakeGateway(url(), CITY).connect();
      gateway = forgetful;
      Await.await("it is told again", () -> forgetful.acknowledged().contiguous() == 10, PATIENCE);
    }
  }

  /** One sensor that sends nonsense must not stop a city. */
  @Test
  void whatCannotBeReadStandsInNobodysWay() throws Exception {
    try (Receiver receiver = receiver()) {
      awaitConnected(receiver);
      connectGateway();
      for (int i = 0; i < 300; i++) {
        gateway.say("data", SenmlCodec.json().mediaType(), "[{\"bn\":1}]".getBytes(), false);
      }
      gateway.send(pack(1, 10));
      awaitDelivery();

      assertThat(get(receiver, "health")).contains("\"messagesRefused\":300");
    }
    assertHeldOnce(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopped", "killed", "killed and robbed of its state"})
  void aBrokerThatGoesInMidFlowCostsNothing(String how) throws Exception {
    try (Receiver receiver = receiver()) {
      connectGateway();
      for (int i = 0; i < 100; i++) {
        if (i == 50) {
          if (how.equals("stopped")) {
            broker.stop();
          } else {
            broker.kill();
          }
          if (how.contains("robbed")) {
            Files.deleteIfExists(folder.resolve("broker").resolve("mosquitto.db"));
          }
        }
        gateway.send(pack(1 + 10L * i, 10 + 10L * i));
      }
      broker.restart();
      awaitDelivery();
      awaitAnswer(receiver, "v1/gateways", "\"online\":true");
    }
    assertHeldOnce(1_000);
  }

  /** The session at the broker is a convenience: what it kept need not be sent again. */
  @Test
  void whatTheBrokerKeptWhileTheReceiverWasAwayIsTakenUp() throws Exception {
    try (Receiver receiver = receiver()) {
      awaitConnected(receiver);
    }
    connectGateway();
    for (int i = 0; i < 30; i++) {
      gateway.send(pack(1 + 10L * i, 10 + 10L * i));
    }
    try (Receiver receiver = receiver()) {
      awaitConnected(receiver);
      Await.await("all is acknowledged", gateway::isAllAcknowledged, PATIENCE);
    }
    assertHeldOnce(300);
  }

  @Test
  void aReceiverKilledBetweenCommitAndAcknowledgementAcknowledgesWhenItIsBack() throws Exception {
    connectGateway();
    try (ReceiverProcess doomed =
        ReceiverProcess.start(folder, StallsAfterCommit.class, arguments())) {
      doomed.awaitSaying("Connected to the broker");
      gateway.send(pack(1, 10));
      doomed.awaitSaying("committed 10");
      doomed.kill();
    }
    // Control: it is in the database, and the gateway does not know.
    assertHeldOnce(10);
    assertThat(gateway.acknowledged().contiguous()).isZero();

    try (ReceiverProcess next = ReceiverProcess.start(folder, Main.class, arguments())) {
      next.awaitSaying("Connected to the broker");
      awaitDelivery();
    }
    assertHeldOnce(10);
  }

  /** The broker forgets the session of the receiver, and with it everything under way. */
  @Test
  void aReceiverKilledWithMessagesInFlightAndItsSessionDroppedLosesNothing() throws Exception {
    connectGateway();
    try (ReceiverProcess first = ReceiverProcess.start(folder, Main.class, arguments())) {
      first.awaitSaying("Connected to the broker");
      for (int i = 0; i < 200; i++) {
        gateway.send(pack(1 + 10L * i, 10 + 10L * i));
        if (i == 100) {
          first.kill();
        }
      }
    }
    broker.kill();
    Files.deleteIfExists(folder.resolve("broker").resolve("mosquitto.db"));
    broker.restart();
    assertThat(gateway.isAllAcknowledged()).isFalse();

    try (ReceiverProcess second = ReceiverProcess.start(folder, Main.class, arguments())) {
      second.awaitSaying("Connected to the broker");
      awaitDelivery();
    }
    assertHeldOnce(2_000);
  }

  @Test
  void aReceiverKilledAgainAndAgainLosesNothing() throws Exception {
    Random random = new Random(8428);
    connectGateway();
    long offset = 1;
    for (int life = 0; life < 4; life++) {
      try (ReceiverProcess mortal = ReceiverProcess.start(folder, Main.class, arguments())) {
        mortal.awaitSaying("Connected to the broker");
        for (int i = random.nextInt(200); i >= 0; i--) {
          gateway.send(pack(offset, offset + 9));
          offset += 10;
        }
        mortal.kill();
      }
    }
    try (Receiver survivor = receiver()) {
      awaitConnected(survivor);
      awaitDelivery();
    }
    assertHeldOnce(offset - 1);
  }

  private Receiver receiver() throws Exception {
    return Receiver.start(Options.parse(arguments()));
  }

  private String[] arguments() {
    return new String[] {"--mqtt-url", url(), "--db", database(), "--http-port", "0"};
  }

  private String url() {
    return "tcp://127.0.0.1:" + broker.port();
  }

  private String database() {
    return folder.resolve("city.db").toString();
  }

  private void connectGateway() throws Exception {
    gateway = new FakeGateway(url(), CITY).connect();
  }

  private void awaitDelivery() {
    Await.await("everything is acknowledged", gateway::persist, PATIENCE);
  }

  private void awaitConnected(Receiver receiver) {
    awaitAnswer(receiver, "health", "\"broker\":\"connected\"");
  }

  private void awaitAnswer(Receiver receiver, String path, String words) {
    Await.await(path + " answers " + words, () -> get(receiver, path).contains(words), PATIENCE);
  }

  private static String get(Receiver receiver, String path) throws Exception {
    URI uri = receiver.httpAddress().resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Counted row by row, not taken from a counter. */
  private void assertHeldOnce(long observations) throws Exception {
    List<Holding> holdings = new Archive(Database.at(database())).ask(new GatewaysQuestion(true));
    assertThat(holdings).hasSize(1);
    Holding holding = holdings.get(0);
    assertThat(holding.gateway()).isEqualTo(GATEWAY.value());
    assertThat(holding.counted()).isEqualTo(new Counted(observations, observations));
    assertThat(holding.stored()).isEqualTo(observations);
    assertThat(holding.deliveries()).hasSize(1);
    assertThat(holding.deliveries().get(0).covered().contiguous()).isEqualTo(observations);
    assertThat(holding.deliveries().get(0).covered().gaps()).isZero();
  }
}
