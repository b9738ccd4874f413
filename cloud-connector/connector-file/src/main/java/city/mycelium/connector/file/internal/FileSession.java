package city.mycelium.connector.file.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Backoff;
import city.mycelium.api.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Keeps a folder in use for as long as it is open. It is connected while the folder can be written
 * to; when it cannot (a disk that is full, or pulled out), it tries again with growing pauses. Safe
 * for use by many threads: the files are touched by the Scheduler's tasks only.
 */
final class FileSession implements Connector.Session {

  private static final Answer CLOSED = new Answer.Unknown("the connection is closed");
  private static final byte[] NOTHING = {};

  private final String name;
  private final Path root;
  private final Folder folder;
  private final Connector.Listener listener;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final Logger log;
  private final Set<Parcel> unanswered = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  // From here on: touched by the Scheduler's tasks only.

  private boolean connected;
  private String why = "it has not been tried yet";

  /** A promise to say what became of a message. */
  private static final class Parcel {
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
  }

  FileSession(
      String name,
      Path root,
      Connector.Listener listener,
      Scheduler scheduler,
      Backoff backoff,
      Logger log) {
    this.name = name;
    this.root = root;
    folder = new Folder(root);
    this.listener = listener;
    this.scheduler = scheduler;
    this.backoff = backoff;
    this.log = log;
  }

  void start() {
    scheduler.execute(this::attempt);
  }

  private void attempt() {
    try {
      folder.prepare();
      connected = true;
      backoff.reset();
      log.info("destination {}: writes to {}", name, root);
      listener.connected();
    } catch (IOException e) {
      lost("the folder " + root + " cannot be written to: " + Words.of(e));
    }
  }

  private void lost(String because) {
    if (!because.equals(why)) { // not each time again
      log.warn("destination {} is not connected, trying again: {}", name, because);
    }
    connected = false;
    why = because;
    listener.disconnected(because);
    scheduler.after(backoff.next(), this::attempt);
  }

  @Override
  public CompletableFuture<Answer> send(Message message) {
    Parcel parcel = new Parcel();
    unanswered.add(parcel);
    var unused = parcel.answer.thenRun(() -> unanswered.remove(parcel));
    scheduler.execute(() -> parcel.answer.complete(answer(message)));
    if (closed) { // the Scheduler may no longer have taken it
      parcel.answer.complete(CLOSED);
    }
    return parcel.answer;
  }

  /** Nothing stands that could be ended. */
  @Override
  public void hangUp() {}

  @Override
  public void close() {
    closed = true;
    scheduler.close();
    Set.copyOf(unanswered).forEach(parcel -> parcel.answer.complete(CLOSED));
  }

  private Answer answer(Message message) {
    if (!connected) {
      return new Answer.Unknown("not connected, and not written: " + why);
    }
    try {
      Path file = folder.file(message.channel());
      return switch (message.verb()) {
        case PUT -> {
          folder.replace(file, message.payload());
          yield done();
        }
        case PATCH -> {
          merge(file, message.payload());
          yield done();
        }
        case GET ->
            folder
                .read(file)
                .map(bytes -> new Answer.Replied(200, bytes))
                .orElseGet(() -> new Answer.Replied(404, NOTHING));
        case DELETE -> {
          folder.remove(file);
          yield done();
        }
        case POST ->
            new Answer.Refused(
                "a folder takes whole files and rows of tables: this dialect is not for it", true);
      };
    } catch (IllegalArgumentException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()), true);
    } catch (IOException e) {
      String because = message.channel() + " cannot be read or written: " + Words.of(e);
      lost(because);
      return new Answer.Refused(because, false);
    }
  }

  private void merge(Path file, byte[] csv) throws IOException {
    KeyedRows rows = new KeyedRows();
    Optional<byte[]> before = folder.read(file);
    if (before.isPresent()) {
      rows.add(before.get());
    }
    byte[] after = rows.add(csv).toBytes();
    if (before.isEmpty() || !Arrays.equals(before.get(), after)) {
      folder.replace(file, after); // a repeat wears out nothing
    }
  }

  /** No Content (RFC 9110, 15.3.5). */
  private static Answer done() {
    return new Answer.Replied(204, NOTHING);
  }
}
