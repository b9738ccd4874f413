package city.mycelium.connector.file.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Schedulers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages into the files of one folder. {@code PUT} writes a whole file, {@code PATCH} puts rows
 * into a CSV file, by their names ({@link KeyedRows}), {@code GET} reads and {@code DELETE} removes
 * one. Replied 204 means: it is on the medium, and survives a power cut. There are no inbound
 * channels and no farewell. Safe for use by many threads.
 */
public final class FileConnector implements Connector {

  private static final Logger LOG = LoggerFactory.getLogger(FileConnector.class);
  private static final Duration RETRY_AT_FIRST = Duration.ofSeconds(1);
  private static final Duration RETRY_AT_MOST = Duration.ofSeconds(60);

  private final String destination;
  private final Path folder;
  private final Schedulers schedulers;
  private final RandomGenerator random;

  /**
   * A connector, not yet open.
   *
   * @param destination whose folder it is, for logs and threads
   * @param random spreads the pauses between attempts
   */
  public FileConnector(
      String destination, Path folder, Schedulers schedulers, RandomGenerator random) {
    this.destination = destination;
    this.folder = folder;
    this.schedulers = schedulers;
    this.random = random;
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    FileSession session =
        new FileSession(
            destination,
            folder,
            listener,
            schedulers.serial("file-" + destination),
            new Backoff(RETRY_AT_FIRST, RETRY_AT_MOST, random),
            LOG);
    session.start();
    return session;
  }

  @Override
  public List<Check> probe(Duration patience) {
    return new Probe(folder).run();
  }

  /** Reads beside what is being written: a file is whole or not there. */
  @Override
  public Answer ask(Message question, Duration patience) {
    Folder files = new Folder(folder);
    try {
      return files
          .read(files.file(question.channel()))
          .map(bytes -> new Answer.Replied(200, bytes))
          .orElseGet(() -> new Answer.Replied(404, new byte[0]));
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()), true);
    } catch (IOException e) {
      return new Answer.Refused(question.channel() + " cannot be read: " + Words.of(e), false);
    }
  }
}
