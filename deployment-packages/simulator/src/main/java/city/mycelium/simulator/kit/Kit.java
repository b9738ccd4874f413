package city.mycelium.simulator.kit;

import java.time.Duration;
import java.util.List;

/** A device that measures now and then and has something to post. For one thread at a time. */
public interface Kit {

  /** The device as the gateway will name it. */
  String device();

  /** Time between two measurements. */
  Duration period();

  /** What there is to post now, oldest first; may be nothing. */
  List<Post> measure(long epochMillis);
}
