package city.mycelium.aggregation.internal;

import city.mycelium.aggregation.internal.fold.Edge;
import city.mycelium.aggregation.internal.fold.EdgeCodec;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.PhenomenonTime;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the windows of a Datastream follow one another where that matters: each is issued, also if
 * nothing came, and each knows what was known before it. When that changes, by late data, it is
 * issued again, and so on to the next window that has something of its own. Every step touches one
 * window, so a crash between two of them leaves nothing half done. Not thread-safe.
 */
final class Succession {

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 2 * Long.BYTES;
  private static final long NEVER = -1;

  /** Where the windows are. */
  interface Windows {

    /** A window that is open. */
    Optional<Window> open(PhenomenonTime window);

    /** The first that is open after this one. */
    Optional<Window> firstOpenAfter(PhenomenonTime window);

    /**
     * A window as it was issued last, if that is still known.
     *
     * @throws JournalException if the medium fails
     */
    Optional<Window> issued(PhenomenonTime window) throws JournalException;

    /**
     * Whether a window that is not known may have been issued all the same.
     *
     * @throws JournalException if the medium fails
     */
    boolean isGone(PhenomenonTime window) throws JournalException;

    /** Opens a window, for the first time or again, or says that an open one has changed. */
    void change(Window window);
  }

  private final Lane.Plan plan;
  private final long silenceMillis;

  /** The begin of the first window that was never issued; those before it were, if they are any. */
  private long next = NEVER;

  /** The end of the last window in which something came. */
  private long heardTo;

  /** The last that is known before {@link #next}. */
  private @Nullable Edge edge;

  private boolean unsaved;

  Succession(Lane.Plan plan, Duration silence) {
    this.plan = plan;
    silenceMillis = silence.toMillis();
  }

  /**
   * What is known before a window that nobody knows yet: what is known before the one that follows
   * it, for there is nothing between the two.
   */
  @Nullable Edge before(PhenomenonTime window, long overBy, Windows windows)
      throws JournalException {
    PhenomenonTime later = plan.grid().after(window);
    while (later.to() <= overBy && later.from() < next) {
      Optional<Window> known = windows.open(later);
      if (known.isEmpty()) {
        known = windows.issued(later);
      }
      if (known.isPresent()) {
        return known.get().before();
      }
      later = plan.grid().after(later);
    }
    return edge;
  }

  /** Opens the first window that was never issued, if it is over and has something to tell. */
  void goOn(long overBy, Windows windows) throws JournalException {
    while (next != NEVER) {
      PhenomenonTime window = plan.grid().of(PhenomenonTime.at(next)).get(0);
      if (window.to() > overBy || windows.open(window).isPresent()) {
        return;
      }
      Optional<Window> early = windows.issued(window);
      if (early.isEmpty()) {
        begin(window, edge, windows);
        return;
      }
      if (early.get().setBefore(edge)) {
        windows.change(early.get());
        return;
      }
      follow(early.get(), overBy, windows);
    }
  }

  /** A window was issued: the one after it may have to be, too. */
  void follow(Window issued, long overBy, Windows windows) throws JournalException {
    if (issued.time().to() > overBy) {
      return; // before its time, for lack of memory
    }
    if (issued.count() > 0) {
      heardTo = Math.max(heardTo, issued.time().to());
    }
    Edge after = issued.after();
    PhenomenonTime window = plan.grid().after(issued.time());
    Optional<Window> open = windows.open(window);
    Optional<Window> known =
        open.isPresent() || window.to() > overBy ? open : windows.issued(window);
    if (known.isPresent()) {
      if (known.get().setBefore(after)) {
        windows.change(known.get());
      }
    } else if (window.to() > overBy || !begin(window, after, windows)) {
      windows.firstOpenAfter(window).filter(w -> w.setBefore(after)).ifPresent(windows::change);
    }
    if (window.from() >= next || window.to() > overBy) {
      next = window.from();
      edge = after;
    }
    unsaved = true;
  }

  private boolean begin(PhenomenonTime window, @Nullable Edge before, Windows windows)
      throws JournalException {
    boolean tells =
        window.from() < heardTo + silenceMillis
            && (before != null || plan.expects())
            && !windows.isGone(window);
    if (tells) {
      windows.change(Window.begin(window, plan.families(), before));
    }
    return tells;
  }

  boolean isUnsaved() {
    return unsaved;
  }

  void saved() {
    unsaved = false;
  }

  byte[] toBytes() {
    byte[] last = edge == null ? new byte[0] : EdgeCodec.toBytes(edge);
    return ByteBuffer.allocate(FIXED_BYTES + last.length)
        .put(VERSION)
        .putLong(next)
        .putLong(heardTo)
        .put(last)
        .array();
  }

  /**
   * The reverse of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if another version, or nobody, has written this
   */
  void restore(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("another version wrote this");
      }
      next = in.getLong();
      heardTo = in.getLong();
      byte[] last = new byte[in.remaining()];
      in.get(last);
      edge = last.length == 0 ? null : EdgeCodec.read(last);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("these are not the bytes of a succession", e);
    }
  }
}
