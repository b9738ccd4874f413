package city.mycelium.driver.kit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What the kit has found out about one driver: a line per trial, with how many cases were tried. A
 * trial without a case fails. Safe for use by many threads.
 */
public final class Findings {

  private final Map<Trial, Line> lines = new EnumMap<>(Trial.class);
  private String subject = "";

  /** What became of a case. */
  enum Outcome {
    /** Held, where there is nothing else to say. */
    HELD("held"),
    /** A DeviceException, or no result: nothing wrong went on. */
    NOTICED("noticed"),
    /** The same results as without it. */
    HARMLESS("harmless"),
    /**
     * Sound in itself, so that no check can tell: an answer twice, or noise that is right by
     * chance.
     */
    TAKEN("taken for sound"),
    /** Other results: the device offers nothing to tell by, and its test says so. */
    UNSEEN("UNSEEN, as declared");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  /** One trial: its cases are counted until it is closed. */
  static final class Line implements AutoCloseable {

    private final Trial trial;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final List<String> remarks = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean passed;

    private Line(Trial trial) {
      this.trial = trial;
    }

    void count(Outcome outcome) {
      counts.merge(outcome, 1, Integer::sum);
    }

    void held(int cases) {
      counts.merge(Outcome.HELD, cases, Integer::sum);
    }

    int cases() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int countOf(Outcome outcome) {
      return counts.getOrDefault(outcome, 0);
    }

    void remark(String words) {
      remarks.add(words);
    }

    /** One case failed; the others are tried all the same. */
    void fault(String words) {
      faults.add(words);
    }

    /** Fails if a case did, or if there was none. */
    void pass() {
      if (!faults.isEmpty()) {
        throw new AssertionError(
            "%s: %d cases failed, such as%n  %s"
                .formatted(
                    trial.title(),
                    faults.size(),
                    String.join("\n  ", faults.subList(0, Math.min(5, faults.size())))));
      }
      if (cases() == 0) {
        throw new AssertionError(trial.title() + ": not a single case could be tried");
      }
      passed = true;
    }

    @Override
    public void close() {
      // The line stays, passed or not.
    }

    @Override
    public String toString() {
      StringJoiner outcomes = new StringJoiner(", ");
      counts.forEach((outcome, n) -> outcomes.add(n + " " + outcome.word));
      remarks.forEach(outcomes::add);
      return "  %-36s %6d %-5s  %s  %s"
          .formatted(trial.title(), cases(), "cases", passed ? "pass" : "FAIL", outcomes);
    }
  }

  /** Who is tried, in one line. */
  synchronized void subject(String words) {
    subject = words;
  }

  synchronized Line begin(Trial trial) {
    Line line = new Line(trial);
    lines.put(trial, line);
    return line;
  }

  /** The report. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder("driver-kit: ").append(subject).append('\n');
    lines.values().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
