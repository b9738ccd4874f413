package city.mycelium.bench.platforms;

import java.io.IOException;

/** The way between a gateway and a platform, on which things go wrong. */
interface Wire extends AutoCloseable {

  /** Where the gateway finds the platform. Stays the same. */
  int port();

  /** From now on it leads there. */
  void leadTo(int target);

  /** Cuts everything, and lets nobody through until {@link #mend}. */
  void cut();

  /** Lets through again. */
  void mend() throws IOException;

  /** How often something went wrong on it. */
  int struck();

  @Override
  void close();
}
