package city.mycelium.receiver.internal.intake;

import city.mycelium.api.time.Backoff;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Store;
import city.mycelium.receiver.internal.store.Store.Committed;
import city.mycelium.receiver.internal.store.StoreException;
import city.mycelium.receiver.internal.store.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages in. Whatever waits when the one before is done is stored together in one
 * transaction; then the gateways are told, then the broker may forget the messages, in the order in
 * which they came.
 *
 * <p>{@link #offer} is for any thread; all else happens on one thread of its own. While the
 * database fails, the same messages are tried again for ever and the queue fills up: the broker
 * keeps what is not settled, and the gateways what is not acknowledged.
 */
public final class Intake implements AutoCloseable {

  /** Messages that wait in memory at most. */
  static final int CAPACITY = 1_000;

  /** Messages that go into one transaction at most; bounds how long one takes. */
  private static final int MOST_AT_ONCE = 250;

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final BlockingQueue<Inbound> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final Complaints complaints = new Complaints();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Interpreter interpreter;
  private final Store store;
  private final Acknowledger acknowledger;
  private final Presence presence;
  private final Tally tally;
  private final Backoff backoff;
  private final Thread thread;

  /** A message that was understood. */
  private record Understood(Inbound message, Arrival arrival) {
    String topic() {
      return message.topic();
    }
  }

  public Intake(
      Interpreter interpreter,
      Store store,
      Acknowledger acknowledger,
      Presence presence,
      Tally tally,
      Backoff backoff) {
    this.interpreter = interpreter;
    this.store = store;
    this.acknowledger = acknowledger;
    this.presence = presence;
    this.tally = tally;
    this.backoff = backoff;
    this.thread = new Thread(this::run, "receiver-intake");
  }

  /** Begins; from here on the store belongs to the intake's thread. */
  public void start() {
    thread.start();
  }

  /**
   * Hands a message over, waiting for room at most this long.
   *
   * @return whether it was taken
   */
  public boolean offer(Inbound message, Duration patience) throws InterruptedException {
    return waiting.offer(message, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends when what is being stored is stored and told, or at once if the database fails; what still
   * waits is left to be sent again. Closes the store.
   */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        Inbound first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Inbound> batch = new ArrayList<>();
          batch.add(first);
          waiting.drainTo(batch, MOST_AT_ONCE - 1);
          takeDespiteBugs(batch);
        }
      }
    } catch (InterruptedException e) {
      LOG.info("The intake was interrupted and ends");
    } finally {
      store.close();
    }
  }

  /** One message that sets off a bug must cost neither the others nor this thread. */
  private void takeDespiteBugs(List<Inbound> messages) throws InterruptedException {
    try {
      take(messages);
    } catch (RuntimeException e) { // a bug: this thread's supervisor is the place to catch it
      if (messages.size() > 1) {
        for (Inbound message : messages) {
          takeDespiteBugs(List.of(message));
        }
      } else {
        LOG.error("A message could not be taken because of a defect in the receiver", e);
        refuse(messages.get(0).topic(), "a defect in the receiver, see the log");
        messages.get(0).settle().run();
      }
    }
  }

  /** Stores these messages, however long that takes, unless the intake is closed meanwhile. */
  void take(List<Inbound> messages) throws InterruptedException {
    List<Understood> understood = new ArrayList<>(messages.size());
    for (Inbound message : messages) {
      try {
        understood.add(new Understood(message, interpreter.understand(message)));
      } catch (SenmlException e) {
        refuse(message.topic(), String.valueOf(e.getMessage()));
      }
    }
    if (store(understood)) {
      messages.forEach(message -> message.settle().run());
    }
  }

  /** Whether these are out of the way: stored, or refused one by one. */
  private boolean store(List<Understood> understood) throws InterruptedException {
    while (!understood.isEmpty()) {
      try {
        committed(understood, store.commit(understood.stream().map(Understood::arrival).toList()));
        return true;
      } catch (StoreException e) {
        if (e.reason() == Reason.CONTENT) {
          return storeOneByOne(understood, e);
        }
        failed(e);
        if (closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return true;
  }

  /** One of these cannot be held: finds which, so that it does not stand in the way of others. */
  private boolean storeOneByOne(List<Understood> understood, StoreException why)
      throws InterruptedException {
    if (understood.size() == 1) {
      return refuseForGood(understood.get(0), why);
    }
    for (Understood one : understood) {
      if (!store(List.of(one))) {
        return false;
      }
    }
    return true;
  }

  /** A pack's gateway is told that it is of no use to send it again; others just stay away. */
  private boolean refuseForGood(Understood one, StoreException why) throws InterruptedException {
    if (one.arrival() instanceof Arrival.Pack pack) {
      LOG.debug("Refusing a message on {} for good", one.topic(), why);
      Arrival refusal =
          interpreter.unacceptable(
              pack, "the receiver's database cannot hold one of its values", one.message());
      return store(List.of(new Understood(one.message(), refusal)));
    }
    refuse(one.topic(), String.valueOf(why.getMessage()));
    return true;
  }

  private void committed(List<Understood> understood, Committed committed) {
    if (tally.databaseTrouble() != null) {
      LOG.info("The database stores again");
      tally.databaseTrouble(null);
      backoff.reset();
    }
    tally.committed(committed.stored(), committed.duplicates());
    for (Understood one : understood) {
      if (one.arrival() instanceof Arrival.Unacceptable refused) {
        tally.refused();
        complaints.forGoodAbout(one.topic(), refused.why());
        continue;
      }
      complaints.noneAbout(one.topic());
      if (one.arrival() instanceof Arrival.Introduction introduction) {
        presence.heard(introduction);
      }
    }
    committed.due().forEach(acknowledger::tell);
  }

  private void failed(StoreException why) {
    String message = String.valueOf(why.getMessage());
    if (tally.databaseTrouble() == null) {
      LOG.warn(
          "{}. Nothing is acknowledged until it does; the gateways keep their data. Trying again.",
          message);
      LOG.debug("The failure in full", why);
    }
    tally.databaseTrouble(message);
  }

  private void refuse(String topic, String why) {
    tally.refused();
    complaints.about(topic, why);
  }
}
