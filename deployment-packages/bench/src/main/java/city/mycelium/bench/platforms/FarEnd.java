package city.mycelium.bench.platforms;

import java.io.IOException;

/** A platform's server on a port of this machine. Safe for use by many threads. */
interface FarEnd extends AutoCloseable {

  /** Where it listens now; another one after {@link #restart}. */
  int port();

  /** Cuts all lines and listens anew; what it kept, it keeps. */
  void restart() throws IOException;

  @Override
  void close();
}
