package city.mycelium.receiver.internal.intake;

import static city.mycelium.receiver.Samples.CITY;
import static city.mycelium.receiver.Samples.EPOCH;
import static city.mycelium.receiver.Samples.NOON;
import static city.mycelium.receiver.Samples.introduction;
import static city.mycelium.receiver.Samples.pack;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Backoff;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Store;
import city.mycelium.receiver.internal.store.StoreException;
import city.mycelium.receiver.internal.store.StoreException.Reason;
import city.mycelium.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In which order things happen: stored, then told, then settled; and what happens if not. */
class IntakeTest {

  private static final String HERE = "mycelium/1/mushroomaaaabbbbccccdddd22/city/";

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final FakeStore store = new FakeStore();
  private final Tally tally = new Tally();
  private final Presence presence = new Presence();
  private final Intake intake =
      new Intake(
          new Interpreter(new Topics("mycelium"), () -> Instant.ofEpochMilli(NOON)),
          store,
          due -> events.add("told " + due.acknowledgement().contiguous()),
          presence,
          tally,
          new Backoff(Duration.ofMillis(2), Duration.ofMillis(2), new Random(1)));

  @Test
  void tellsTheGatewayAndSettlesWithTheBrokerOnlyAfterTheCommit() throws Exception {
    intake.take(List.of(data("a", pack(1, 5)), data("b", pack(6, 9))));

    assertThat(events).containsExactly("committed 2", "told 9", "settled a", "settled b");
    assertThat(tally.stored()).isEqualTo(9);
  }

  /** MQTT 5, 4.6: confirmations go in the order in which the messages came. */
  @Test
  void whatCannotBeReadIsRefusedWholeButSettledInItsTurn() throws Exception {
    intake.take(List.of(data("a", pack(1, 5)), garbage("b"), data("c", pack(6, 9))));

    assertThat(events)
        .containsExactly("committed 2", "told 9", "settled a", "settled b", "settled c");
    assertThat(tally.messagesRefused()).isEqualTo(1);
    assertThat(tally.stored()).isEqualTo(9);
  }

  @Test
  void garbageAloneIsSettledWithoutACommit() throws Exception {
    intake.take(List.of(garbage("a")));

    assertThat(events).containsExactly("settled a");
  }

  @Test
  void whileTheDatabaseFailsNobodyIsToldAndTheSameIsTriedAgain() throws Exception {
    store.failures.add(new StoreException(Reason.UNAVAILABLE, "disk full", new Exception()));
    store.failures.add(new StoreException(Reason.UNAVAILABLE, "disk full", new Exception()));

    intake.take(List.of(data("a", pack(1, 5))));

    assertThat(events)
        .containsExactly("failed 1", "failed 1", "committed 1", "told 5", "settled a");
    assertThat(tally.databaseTrouble()).isNull();
  }

  @Test
  void saysWhatIsWrongWithTheDatabaseWhileItIs() throws Exception {
    store.failsAlways = true;
    intake.start();
    intake.offer(data("a", pack(1, 5)), Duration.ofSeconds(1));
    Await.await(
        "the failure is told",
        () -> "disk full".equals(tally.databaseTrouble()),
        Duration.ofSeconds(10));

    intake.close();

    assertThat(events).doesNotContain("settled a").contains("failed 1", "closed");
  }

  /** A text that PostgreSQL cannot hold must not keep a city waiting. */
  @Test
  void whatNoDatabaseHoldsIsRefusedAloneAndTheRestIsStored() throws Exception {
    store.cannotHold = 6;

    intake.take(List.of(data("a", pack(1, 5)), data("b", pack(6, 9)), data("c", pack(10, 12))));

    assertThat(events)
        .containsExactly(
            "failed 3",
            "committed 1",
            "told 5",
            "failed 1",
            "refused 6..9",
            "told 5",
            "committed 1",
            "told 5",
            "settled a",
            "settled b",
            "settled c");
    assertThat(tally.messagesRefused()).isEqualTo(1);
  }

  /** docs/wire.md, 7: otherwise it would be sent again for ever. */
  @Test
  void aPackThatCanNeverBeTakenIsStoredAsARefusal() throws Exception {
    Inbound hopeless =
        new Inbound(
            HERE + "data",
            SenmlCodec.json().mediaType(),
            new String(SenmlCodec.json().encode(pack(6, 9)), StandardCharsets.UTF_8)
                .replace("\"v\":4", "\"v\":5")
                .getBytes(StandardCharsets.UTF_8),
            () -> events.add("settled b"));

    intake.take(List.of(data("a", pack(1, 5)), hopeless));

    assertThat(events)
        .containsExactly("refused 6..9", "committed 2", "told 5", "settled a", "settled b");
    assertThat(tally.messagesRefused()).isEqualTo(1);
  }

  @Test
  void aDefectCostsOnlyTheMessageThatSetsItOff() throws Exception {
    store.breaksAt = 6;
    intake.offer(data("a", pack(1, 5)), Duration.ofSeconds(1));
    intake.offer(data("b", pack(6, 9)), Duration.ofSeconds(1));
    intake.offer(data("c", pack(10, 12)), Duration.ofSeconds(1));
    intake.start();
    Await.await("all are settled", () -> events.contains("settled c"), Duration.ofSeconds(10));
    intake.close();

    assertThat(events).contains("settled a", "settled b");
    assertThat(tally.stored()).isEqualTo(8);
    assertThat(tally.messagesRefused()).isEqualTo(1);
  }

  /** What waits is stored together: a commit costs the same for one message and for many. */
  @Test
  void whatWaitsGoesIntoOneCommit() throws Exception {
    for (int i = 0; i < 100; i++) {
      intake.offer(data("m" + i, pack(1 + 10L * i, 10 + 10L * i)), Duration.ofSeconds(1));
    }
    intake.start();
    Await.await("all are settled", () -> events.contains("settled m99"), Duration.ofSeconds(10));
    intake.close();

    assertThat(events).startsWith("committed 100", "told 1000");
  }

  @Test
  void takesNoMoreThanItHasRoomFor() throws Exception {
    for (int i = 0; i < Intake.CAPACITY; i++) {
      assertThat(intake.offer(garbage("x"), Duration.ZERO)).isTrue();
    }
    assertThat(intake.offer(garbage("x"), Duration.ZERO)).isFalse();
  }

  @Test
  void remembersWhoIsOnline() throws Exception {
    assertThat(presence.of(CITY)).isEmpty();
    intake.take(List.of(status(introduction(null))));
    assertThat(presence.of(CITY)).contains(true);
    intake.take(List.of(status(Status.offline())));
    assertThat(presence.of(CITY)).contains(false);
    presence.forgetAll();
    assertThat(presence.of(CITY)).isEmpty();
  }

  private Inbound data(String name, SenmlPack pack) {
    return new Inbound(
        HERE + "data",
        SenmlCodec.cbor().mediaType(),
        SenmlCodec.cbor().encode(pack),
        () -> events.add("settled " + name));
  }

  private Inbound garbage(String name) {
    return new Inbound(
        HERE + "data",
        SenmlCodec.json().mediaType(),
        new byte[] {'['},
        () -> events.add("settled " + name));
  }

  private Inbound status(Status status) {
    return new Inbound(HERE + "status", "application/json", status.toJson(), () -> {});
  }

  /** Keeps coverage of one journal in memory, and fails as it is told to. */
  private final class FakeStore implements Store {
    private final Deque<StoreException> failures = new ArrayDeque<>();
    private volatile boolean failsAlways;
    private long cannotHold;
    private long breaksAt;
    private city.mycelium.receiver.internal.store.OffsetRanges covered =
        city.mycelium.receiver.internal.store.OffsetRanges.NONE;

    @Override
    public Committed commit(List<Arrival> arrivals) throws StoreException {
      StoreException failure = failures.poll();
      if (failsAlways) {
        failure = new StoreException(Reason.UNAVAILABLE, "disk full", new Exception());
      } else if (begins(arrivals, cannotHold)) {
        failure = new StoreException(Reason.CONTENT, "a text has U+0000", new Exception());
      } else if (begins(arrivals, breaksAt)) {
        throw new IllegalStateException("a defect");
      }
      if (failure != null) {
        events.add("failed " + arrivals.size());
        throw failure;
      }
      long stored = 0;
      for (Arrival arrival : arrivals) {
        if (arrival instanceof Arrival.Unacceptable refused) {
          OffsetRange offsets = refused.coverage().covers();
          events.add("refused " + offsets.first() + ".." + offsets.last());
        } else if (arrival instanceof Arrival.Pack pack) {
          OffsetRange covers = pack.content().covers();
          stored += covered.missingIn(covers);
          covered = covered.with(covers);
        }
      }
      if (arrivals.stream().anyMatch(arrival -> !(arrival instanceof Arrival.Unacceptable))) {
        events.add("committed " + arrivals.size());
      }
      Acknowledgement acknowledgement =
          new Acknowledgement(EPOCH, covered.contiguous(), covered.above(), stored);
      return new Committed(List.of(new Due(CITY, acknowledgement)), stored, 0);
    }

    @Override
    public void close() {
      events.add("closed");
    }

    private static boolean begins(List<Arrival> arrivals, long offset) {
      return arrivals.stream()
          .anyMatch(
              arrival ->
                  arrival instanceof Arrival.Pack pack
                      && pack.content().covers().first() == offset);
    }
  }
}
