package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.observation.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Exactly the offsets that one of several messages of a flight carries, for the {@link
 * Turn.Dispatch#tag}: where a platform takes the Observations of one flight apart (by device, by
 * topic), the range between the first and the last of a message holds those of others too.
 * Immutable.
 */
public final class Offsets {

  private final List<OffsetRange> runs;

  private Offsets(List<OffsetRange> runs) {
    this.runs = runs;
  }

  /** These, in any order. */
  public static Offsets of(Collection<Long> offsets) {
    List<OffsetRange> runs = new ArrayList<>();
    for (long offset : new TreeSet<>(offsets)) {
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).last() + 1 == offset) {
        runs.set(last, new OffsetRange(runs.get(last).first(), offset));
      } else {
        runs.add(new OffsetRange(offset, offset));
      }
    }
    return new Offsets(List.copyOf(runs));
  }

  /**
   * The reverse of {@link #toString}.
   *
   * @throws IllegalArgumentException if the text is nothing that it writes
   */
  public static Offsets parse(String text) {
    List<OffsetRange> runs = new ArrayList<>();
    for (String run : text.split(",", -1)) {
      int dash = run.indexOf('-');
      long first = Long.parseLong(dash < 0 ? run : run.substring(0, dash));
      runs.add(new OffsetRange(first, dash < 0 ? first : Long.parseLong(run.substring(dash + 1))));
    }
    return new Offsets(List.copyOf(runs));
  }

  /** Ranges without holes, ascending. */
  public List<OffsetRange> runs() {
    return runs;
  }

  /** One outcome for each range without holes: they are there. */
  public List<Outcome> delivered(Link link) {
    List<Outcome> outcomes = new ArrayList<>();
    runs.forEach(run -> outcomes.add(new Outcome.Delivered(link.epoch(), run)));
    return outcomes;
  }

  /** One outcome for each range without holes: they will never be taken. */
  public List<Outcome> rejected(String why) {
    List<Outcome> outcomes = new ArrayList<>();
    runs.forEach(run -> outcomes.add(new Outcome.Rejected(run, why)));
    return outcomes;
  }

  /**
   * What follows from the answer to the message that carries them, by {@link Outcome#usual}: a
   * success and a refusal of exactly these, anything else of the flight.
   *
   * @param covers the flight's
   */
  public List<Outcome> usual(Link link, OffsetRange covers, Answer answer) {
    Outcome outcome = Outcome.usual(link, covers, answer);
    if (outcome instanceof Outcome.Delivered) {
      return delivered(link);
    }
    return outcome instanceof Outcome.Rejected no ? rejected(no.why()) : List.of(outcome);
  }

  /** Such as {@code 1201-1204,1207}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (OffsetRange run : runs) {
      text.append(text.length() == 0 ? "" : ",").append(run.first());
      if (run.last() > run.first()) {
        text.append('-').append(run.last());
      }
    }
    return text.toString();
  }
}
