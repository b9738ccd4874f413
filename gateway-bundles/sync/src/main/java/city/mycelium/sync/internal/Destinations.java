package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The Destinations of this gateway, for those who ask about them. Safe for use by many threads. */
final class Destinations {

  /** A Destination that hangs must not hang whoever asks how it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Configured> known = new TreeMap<>();

  /** One of the configuration, running or not. */
  interface Configured {

    /** What runs it now. */
    @Nullable DestinationSync running();

    /** Why it does not run, for a person; empty if it does. */
    String trouble();

    /** Tries its connector layer by layer. Blocks. */
    default List<Check> probe(Duration patience) {
      return List.of();
    }

    /** Asks the platform something beside what is open. Blocks. */
    default Answer ask(Message question, Duration patience) {
      return new Answer.Refused("it has no connector", true);
    }
  }

  synchronized void add(String name, Configured configured) {
    known.put(name, configured);
  }

  synchronized void remove(String name) {
    known.remove(name);
  }

  /** Each by its name. */
  synchronized Map<String, Configured> all() {
    return new TreeMap<>(known);
  }

  /** Why it does not run; empty if it does. */
  String trouble(String name) {
    Configured configured = all().get(name);
    return configured == null || configured.running() != null ? "" : configured.trouble();
  }

  boolean isRunning(String name) {
    Configured configured = all().get(name);
    return configured != null && configured.running() != null;
  }

  /**
   * Asks one Destination and waits for its answer.
   *
   * @throws CommandException if there is none of that name, it does not run, hangs, or says no
   */
  <T> T ask(String name, DestinationSync.Question<T> question) throws CommandException {
    Configured configured = all().get(name);
    if (configured == null) {
      throw new CommandException(
          "there is no destination '" + name + "'; known are " + all().keySet());
    }
    DestinationSync sync = configured.running();
    if (sync == null) {
      throw new CommandException("destination " + name + " does not run: " + configured.trouble());
    }
    try {
      return sync.ask(question).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandException no) {
        throw no;
      }
      if (e.getCause() instanceof JournalException journal) {
        throw new CommandException("the journal cannot be read: " + journal.getMessage(), e);
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new CommandException("destination " + name + " hangs: it does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }
}
