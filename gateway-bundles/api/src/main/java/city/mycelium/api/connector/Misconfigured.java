package city.mycelium.api.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stands in for a connector whose settings make no sense. It never connects, and says why: to a
 * person who asks how the Destination stands, and not only in the log of the gateway's start. Safe
 * for use by many threads.
 */
public final class Misconfigured implements Connector {

  private final String why;

  private Misconfigured(String why) {
    this.why = why;
  }

  /**
   * The connector, or what stands in for it.
   *
   * @param sound makes it; throws {@link IllegalArgumentException} if that makes no sense, with a
   *     sentence for a person
   */
  public static Connector unless(Supplier<Connector> sound) {
    try {
      return sound.get();
    } catch (IllegalArgumentException e) {
      return new Misconfigured("its connector makes no sense: " + e.getMessage());
    }
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    listener.disconnected(why);
    return new Session() {
      @Override
      public CompletableFuture<Answer> send(Message message) {
        return CompletableFuture.completedFuture(new Answer.Unknown(why));
      }

      @Override
      public void hangUp() {
        // There is nothing to hang up.
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  @Override
  public List<Check> probe(Duration patience) {
    return List.of(new Check("connector", false, why));
  }
}
