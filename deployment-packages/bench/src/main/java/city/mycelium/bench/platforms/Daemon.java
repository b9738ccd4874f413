package city.mycelium.bench.platforms;

import java.io.Closeable;
import java.io.IOException;

/** Threads and sockets of servers that live as long as a cell. */
final class Daemon {

  private Daemon() {}

  static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A socket that cannot be closed is closed. */
  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) { // what it wanted to say last is of no interest any more
      return;
    }
  }
}
