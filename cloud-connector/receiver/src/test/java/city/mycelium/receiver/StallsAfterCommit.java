package city.mycelium.receiver;

import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Store;
import city.mycelium.receiver.internal.store.StoreException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A receiver that stops for ever between a commit that has stored something and its
 * acknowledgement, and says so: the moment in which a test kills it.
 */
final class StallsAfterCommit {

  private StallsAfterCommit() {}

  public static void main(String[] arguments) throws Exception {
    Receiver.start(Options.parse(arguments), Stalling::new);
    System.out.println("started");
  }

  private record Stalling(Store store) implements Store {

    @Override
    public Committed commit(List<Arrival> arrivals) throws StoreException {
      Committed committed = store.commit(arrivals);
      if (committed.stored() > 0) {
        System.out.println("committed " + committed.stored());
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return committed;
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
