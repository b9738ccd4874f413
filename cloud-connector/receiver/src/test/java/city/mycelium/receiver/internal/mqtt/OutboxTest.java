package city.mycelium.receiver.internal.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.receiver.Samples;
import city.mycelium.receiver.internal.store.Route;
import city.mycelium.receiver.internal.store.Store.Due;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox outbox = new Outbox();
  private final List<String> published = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();

  @Test
  void whatIsSaidBeforeThereIsAConnectionWaitsForIt() {
    outbox.offer(due("a", 5));
    assertThat(published).isEmpty();

    connect(10);
    assertThat(published).containsExactly("a 5");
  }

  @Test
  void neverHasMoreUnderWayThanTheBrokerTakes() {
    connect(2);
    outbox.offer(due("a", 1));
    outbox.offer(due("b", 2));
    outbox.offer(due("c", 3));
    assertThat(published).containsExactly("a 1", "b 2");

    answers.get(0).run();
    assertThat(published).containsExactly("a 1", "b 2", "c 3");
  }

  /** Only the newest counts: retained, it replaces what was there before. */
  @Test
  void whatWaitsIsReplacedByWhatIsSaidLaterOfTheSameJournal() {
    connect(10);
    outbox.offer(due("a", 1));
    outbox.offer(due("a", 2));
    outbox.offer(due("a", 3));
    assertThat(published).containsExactly("a 1");

    answers.get(0).run();
    assertThat(published).containsExactly("a 1", "a 3");
  }

  /** The broker may never have had it, and the gateway waits for it. */
  @Test
  void whatALostConnectionTookWithItIsSentOnTheNextOne() {
    connect(10);
    outbox.offer(due("a", 1));
    outbox.offer(due("b", 2));
    outbox.offer(due("b", 3));
    outbox.disconnected();
    published.clear();

    connect(10);
    assertThat(published).containsExactlyInAnyOrder("a 1", "b 3");
  }

  @Test
  void whatWasAnsweredIsNotSentAgain() {
    connect(10);
    outbox.offer(due("a", 1));
    answers.get(0).run();
    outbox.disconnected();
    published.clear();

    connect(10);
    assertThat(published).isEmpty();
  }

  /** Otherwise it would make room that the new connection does not have. */
  @Test
  void anAnswerOfALostConnectionMeansNothingOnTheNextOne() {
    connect(1);
    outbox.offer(due("a", 1));
    outbox.disconnected();
    connect(1);
    outbox.offer(due("b", 2));
    published.clear();

    answers.get(0).run();
    assertThat(published).isEmpty();
    // Control: the answer of this connection does make room.
    answers.get(1).run();
    assertThat(published).containsExactly("b 2");
  }

  private void connect(int window) {
    outbox.connected(
        window,
        (due, done) -> {
          published.add(due.route().destination() + " " + due.acknowledgement().contiguous());
          answers.add(done);
        });
  }

  private static Due due(String destination, long contiguous) {
    return new Due(
        new Route(Samples.GATEWAY, destination),
        new Acknowledgement(Samples.EPOCH, contiguous, List.of(), contiguous));
  }
}
