package city.mycelium.journal.internal.rescue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the write-ahead log beside a file holds, read before SQLite reads it. SQLite takes a log up
 * to the first frame that does not fit, and silently forgets the rest: right after a power cut,
 * where the rest was never acknowledged, and wrong on a medium that changed a byte, where it was.
 * Immutable.
 */
public final class WriteAheadLog {

  /** What the log says of itself. */
  public enum State {
    /** Every frame since the log was begun fits. */
    WHOLE,
    /**
     * The last commit does not fit. It was cut off before anybody was told of it, or it was told
     * and changed later: nobody can know.
     */
    TORN,
    /** Something does not fit that commits were written after: the medium changed it. */
    BROKEN
  }

  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;

  /** "Database File Format", 4.1: the lowest bit says in which order checksums take their bytes. */
  private static final int MAGIC = 0x377f0682;

  private static final int FORMAT_VERSION = 3_007_000;

  /** There is no log, or it is empty: all is in the file. */
  public static final WriteAheadLog NONE = new WriteAheadLog(State.WHOLE, 0, List.of(), 0);

  private final State state;
  private final int pageBytes;
  private final List<LogFrame> frames;

  /** So many frames SQLite takes. */
  private final int taken;

  private WriteAheadLog(State state, int pageBytes, List<LogFrame> frames, int taken) {
    this.state = state;
    this.pageBytes = pageBytes;
    this.frames = frames;
    this.taken = taken;
  }

  /** Reads a log; one that is not there is {@link #NONE}. */
  public static WriteAheadLog read(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return NONE;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log), 1 << 16)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES) {
        return new WriteAheadLog(State.TORN, 0, List.of(), 0);
      }
      ByteBuffer words = ByteBuffer.wrap(header);
      int magic = words.getInt(0);
      int pageBytes = words.getInt(8);
      boolean sound = (magic & ~1) == MAGIC && words.getInt(4) == FORMAT_VERSION;
      ByteOrder order = sound && (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      LogChecksum stored = LogChecksum.stored(header, 24);
      sound &= LogChecksum.START.over(header, 0, 24, order).equals(stored);
      if (!sound && !Pages.isPageSize(pageBytes)) {
        return new WriteAheadLog(State.BROKEN, 0, List.of(), 0);
      }
      return judge(
          pageBytes, frames(in, pageBytes, words.getLong(16), sound, stored, order), sound);
    }
  }

  private static List<LogFrame> frames(
      InputStream in,
      int pageBytes,
      long saltsOfHeader,
      boolean soundHeader,
      LogChecksum header,
      ByteOrder order)
      throws IOException {
    List<LogFrame> frames = new ArrayList<>();
    long salts = saltsOfHeader;
    LogChecksum before = header;
    long at = HEADER_BYTES;
    byte[] frame = in.readNBytes(FRAME_HEADER_BYTES + pageBytes);
    while (frame.length == FRAME_HEADER_BYTES + pageBytes) {
      ByteBuffer words = ByteBuffer.wrap(frame);
      if (frames.isEmpty() && !soundHeader) {
        salts = words.getLong(8); // the header's may be what was changed
      }
      LogChecksum stored = LogChecksum.stored(frame, 16);
      LogChecksum sum =
          before.over(frame, 0, 8, order).over(frame, FRAME_HEADER_BYTES, pageBytes, order);
      frames.add(
          new LogFrame(
              words.getInt(0),
              words.getInt(4),
              at + FRAME_HEADER_BYTES,
              words.getLong(8) == salts,
              sum.equals(stored)));
      before = stored;
      at += frame.length;
      frame = in.readNBytes(FRAME_HEADER_BYTES + pageBytes);
    }
    return frames;
  }

  private static WriteAheadLog judge(int pageBytes, List<LogFrame> frames, boolean soundHeader) {
    int whole = 0;
    int taken = 0;
    while (soundHeader && whole < frames.size() && frames.get(whole).isWhole()) {
      whole++;
      if (frames.get(whole - 1).endsCommit()) {
        taken = whole;
      }
    }
    return new WriteAheadLog(
        soundHeader ? rest(frames, whole) : frames.isEmpty() ? State.TORN : State.BROKEN,
        pageBytes,
        List.copyOf(frames),
        taken);
  }

  /** What follows the first frame that does not fit: an earlier round's, or more of this log. */
  private static State rest(List<LogFrame> frames, int whole) {
    // Frames of an earlier round go on from each other, but not from the last of this one.
    int last = whole < frames.size() && frames.get(whole).chained() ? whole : -1;
    for (int i = whole; i < frames.size(); i++) {
      last = frames.get(i).ours() ? i : last;
    }
    if (last < 0) {
      return State.WHOLE;
    }
    boolean writtenAfterACommit =
        frames.subList(whole, last).stream().anyMatch(LogFrame::endsCommit);
    return writtenAfterACommit ? State.BROKEN : State.TORN;
  }

  public State state() {
    return state;
  }

  /** Whether there is a page in it, of whatever round. */
  public boolean hasFrames() {
    return !frames.isEmpty();
  }

  /** Where in the log the latest committed bytes of each page are, as SQLite will see it. */
  public Map<Integer, Long> latest() {
    Map<Integer, Long> latest = new HashMap<>();
    frames.subList(0, taken).forEach(frame -> latest.put(frame.page(), frame.at()));
    return latest;
  }

  /** How many pages the file has with this log; 0 if the log does not say. */
  public int pages() {
    return taken == 0 ? 0 : frames.get(taken - 1).pagesAfter();
  }

  /**
   * Does to a copy of the file what SQLite would have done had nothing been changed: every page
   * that fits, up to the last commit, is copied over the older one. Pages that do not fit stay as
   * they are in the file, so what comes out may contradict itself.
   */
  public void copyInto(Path copy, Path log) throws IOException {
    int end = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).isWhole() && frames.get(i).endsCommit()) {
        end = i + 1;
      }
    }
    ByteBuffer page = ByteBuffer.allocate(pageBytes);
    try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (LogFrame frame : frames.subList(0, end)) {
        if (!frame.isWhole() || frame.page() < 1) {
          continue;
        }
        page.clear();
        if (from.read(page, frame.at()) == pageBytes) {
          to.write(page.flip(), (frame.page() - 1L) * pageBytes);
        }
      }
    }
  }
}
