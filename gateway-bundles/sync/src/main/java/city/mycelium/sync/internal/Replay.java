package city.mycelium.sync.internal;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked to go again, and how far it has come: durable, so that a restart goes on with it.
 * One at a time. Owned by the Destination's Scheduler.
 */
final class Replay {

  static final String STATE = "sync.replay";
  private static final int VERSION = 1;

  private final Notebook notebook;
  private @Nullable OffsetRange asked;
  private long sentTo;
  private final List<OffsetRange> done = new ArrayList<>();
  private long skipped;

  Replay(Notebook notebook) {
    this.notebook = notebook;
  }

  void load() throws JournalException {
    byte[] written = notebook.get(STATE).orElse(null);
    if (written != null) {
      Packed.In in = new Packed.In(written, VERSION);
      begin(in.ranges().get(0));
    }
  }

  boolean isUnderWay() {
    return asked != null;
  }

  void ask(OffsetRange range) {
    begin(range);
    skipped = 0;
    write(range);
  }

  private void begin(OffsetRange range) {
    asked = range;
    sentTo = range.first() - 1;
    done.clear();
  }

  private void write(OffsetRange rest) {
    notebook.put(STATE, new Packed.Out(VERSION).ranges(List.of(rest)).toBytes());
  }

  /** What has not gone out yet; null if there is nothing. */
  @Nullable OffsetRange rest() {
    return asked == null || sentTo >= asked.last()
        ? null
        : new OffsetRange(sentTo + 1, asked.last());
  }

  void sent(OffsetRange covers) {
    sentTo = covers.last();
  }

  /** A part of it is there, or there is nothing to send of it. */
  void landed(OffsetRange covers) {
    if (asked == null) {
      return;
    }
    done.add(covers);
    List<OffsetRange> open = Ranges.between(asked.first(), asked.last(), done);
    if (open.isEmpty()) {
      asked = null;
      done.clear();
      notebook.remove(STATE);
      return;
    }
    OffsetRange rest = new OffsetRange(open.get(0).first(), asked.last());
    if (rest.first() > asked.first()) {
      asked = rest;
      done.removeIf(range -> range.last() < rest.first());
      write(rest);
    }
  }

  /** A part of it was refused; it is not tried again. */
  void refused(OffsetRange covers, long count) {
    skipped += count;
    landed(covers);
  }

  /** How many the platform refused of it since it was asked for, or since the start. */
  long skipped() {
    return skipped;
  }

  /** For a person. */
  String describe() {
    OffsetRange open = asked;
    String text = open == null ? "" : Ranges.text(open) + " to go";
    return skipped == 0 ? text : text + (text.isEmpty() ? "" : ", ") + skipped + " refused";
  }
}
