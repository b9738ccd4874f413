package city.mycelium.simulator;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * How long one of these processes lives: until it is told to end, and at most as long as whoever
 * holds the other end of its standard input, so that a parent that dies leaves nothing behind.
 */
final class Lifetime {

  private Lifetime() {}

  /** What is to be done at the end; at most once, before the process ends. */
  @FunctionalInterface
  interface Ending {
    void end() throws IOException;
  }

  /**
   * Returns when the process is to end, or never.
   *
   * @param withParent whether the end of standard input is the end
   * @param ending is done also when a signal ends the process
   */
  static void live(boolean withParent, Ending ending) throws InterruptedException, IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending), "ending"));
    if (!withParent) {
      new CountDownLatch(1).await();
    }
    while (System.in.read() >= 0) {
      // whatever it says, it is alive
    }
    System.exit(0);
  }

  private static void end(Ending ending) {
    try {
      ending.end();
    } catch (IOException e) {
      System.err.println("did not end cleanly: " + e.getMessage());
    }
  }
}
