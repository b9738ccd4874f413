package city.mycelium.connector.coap.internal.oscore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A share in the sequence numbers of one sender's key, of which none may be used twice: whoever has
 * two messages under one number can take both apart (RFC 8613, 7.2.1 and 12.3). All who use a key
 * in this process, such as a connection and a trial beside it, share its numbers: the lock of a
 * file is a process's as well. Safe for use by many threads.
 */
public final class SequenceNumbers implements AutoCloseable {

  /** By file; guarded by itself. */
  private static final Map<Path, Shared> ALL = new HashMap<>();

  private static final class Shared {
    final NumberFile file;
    int holders;

    Shared(NumberFile file) {
      this.file = file;
    }
  }

  private final Path place;
  private final Shared shared;
  private boolean closed;

  private SequenceNumbers(Path place, Shared shared) {
    this.place = place;
    this.shared = shared;
  }

  /**
   * Takes a share.
   *
   * @param folder where the files of all keys are; made if need be
   * @param gateway whose numbers they are: what another one used is not told here
   * @param context {@link SecurityContext#name}
   * @throws SequenceException if they cannot be trusted, or another process uses them; says what to
   *     do
   */
  public static SequenceNumbers open(Path folder, String gateway, String context, Witness witness)
      throws SequenceException {
    Path place = folder.toAbsolutePath().normalize().resolve(context);
    synchronized (ALL) {
      Shared shared = ALL.get(place);
      if (shared == null) {
        shared = new Shared(NumberFile.open(folder, gateway, context, witness));
        ALL.put(place, shared);
      } else if (!shared.file.isOf(gateway)) {
        throw new SequenceException("another gateway uses this OSCORE key in this process", null);
      }
      shared.holders++;
      return new SequenceNumbers(place, shared);
    }
  }

  /**
   * A number that was never given out and never will be again. Waits for the medium now and then.
   *
   * @throws SequenceException if there is none, or the medium does not take what has to be
   *     remembered
   */
  long next() throws SequenceException {
    synchronized (this) {
      if (closed) {
        throw new SequenceException("the connection is closed", null);
      }
      return shared.file.next();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    synchronized (ALL) {
      if (--shared.holders == 0) {
        ALL.remove(place);
        shared.file.close();
      }
    }
  }
}
