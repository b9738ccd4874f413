package city.mycelium.connector.mqtt.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.MosquittoProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway runs for years: whatever state a connection is closed in, no thread of it remains. */
class ThreadsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void closedWhileItStands(MqttVersion version) {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      for (int i = 0; i < 3; i++) {
        Owner owner =
            new Owner(Setup.plain(broker.port(), "leaky").version(version).settings(), "ack")
                .awaitConnected();
        for (int k = 0; k < 50; k++) {
          owner.send("data", "under way");
        }
        owner.close();
      }
      assertNoThreadIsLeft();
    }
  }

  // The control: while it stands, there are threads of it.
  @Test
  void anOpenConnectionHasThreads() {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        Owner owner = new Owner(Setup.plain(broker.port(), "leaky").settings()).awaitConnected()) {
      assertThat(owner.losses).isEmpty();
      assertThat(ours()).isNotEmpty();
    }
    assertNoThreadIsLeft();
  }

  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void closedAfterTheLineBroke(MqttVersion version) {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false);
        BadLine line = BadLine.to(broker.port())) {
      Owner owner = new Owner(Setup.plain(line.port(), "leaky").version(version).settings());
      for (int times = 1; times <= 3; times++) {
        owner.awaitConnections(times);
        line.cut();
      }
      owner.awaitConnections(4);
      line.freeze();
      owner.close();
      assertNoThreadIsLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void closedWhileTheBrokerHasNotAnswered(MqttVersion version) {
    try (BadLine line = BadLine.thatOnly(BadLine.Manner.SAY_NOTHING)) {
      for (int i = 0; i < 3; i++) {
        int before = line.accepted();
        Owner owner = new Owner(Setup.plain(line.port(), "leaky").version(version).settings());
        await("it has connected", () -> line.accepted() > before, Owner.PATIENCE);
        owner.close();
      }
      assertNoThreadIsLeft();
    }
  }

  // Not one attempt may leave anything: there will be many thousands in a long outage.
  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void manyAttemptsThatFailInEveryWay(MqttVersion version) {
    try (BadLine silent = BadLine.thatOnly(BadLine.Manner.SAY_NOTHING);
        BadLine closing = BadLine.thatOnly(BadLine.Manner.CLOSE_AT_ONCE)) {
      int nobody = MosquittoProcess.freePort();
      for (int port : List.of(closing.port(), nobody, silent.port())) {
        Owner owner =
            new Owner(
                Setup.plain(port, "leaky")
                    .version(version)
                    .connectTimeout(Duration.ofSeconds(1))
                    .settings());
        await("three attempts", () -> owner.losses.size() >= 3, Duration.ofSeconds(30));
        await("the failed ones are gone", () -> ours().size() <= 6, Owner.PATIENCE);
        owner.close();
        assertNoThreadIsLeft();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V5", "V3_1_1"})
  void closedAtOnce(MqttVersion version) {
    try (MosquittoProcess broker = MosquittoProcess.start(directory, false)) {
      for (int i = 0; i < 10; i++) {
        new Owner(Setup.plain(broker.port(), "leaky").version(version).settings()).close();
      }
      assertNoThreadIsLeft();
    }
  }

  private static void assertNoThreadIsLeft() {
    await("no thread is left, but there are " + ours(), () -> ours().isEmpty(), Owner.PATIENCE);
  }

  /** Paho names its threads after the client id, and starts them without a name. */
  private static List<String> ours() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                thread.getKey().getName().contains("leaky")
                    || thread.getKey().getName().startsWith("mqtt-city")
                    || List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("org.eclipse.paho")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }
}
