package city.mycelium.api.time;

/** Something that can be taken back: a task that waits for its turn, a listener. */
@FunctionalInterface
public interface Cancellable {

  /** Takes it back; a task that has already begun runs to its end. Doing it twice does nothing. */
  void cancel();
}
