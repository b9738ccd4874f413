package city.mycelium.clock.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code clock.jsonl}: each says one thing of one start of the machine, in JSON and
 * always in the same order, so that a pattern reads it. What is no such line was torn or damaged.
 */
final class BootLine {

  private static final String NUMBER = "(-?\\d{1,19})";
  private static final Pattern STARTED = Pattern.compile("\\{\"boot\":\"([\\w-]{1,64})\"\\}");
  private static final Pattern SEEN =
      Pattern.compile("\\{\"boot\":\"([\\w-]{1,64})\",\"seenNanos\":" + NUMBER + "\\}");
  private static final Pattern LEAPT =
      Pattern.compile("\\{\"boot\":\"([\\w-]{1,64})\",\"leaptAtNanos\":" + NUMBER + "\\}");
  private static final Pattern ANCHORED =
      Pattern.compile(
          "\\{\"boot\":\"([\\w-]{1,64})\",\"source\":\"([\\w.-]{1,64})\",\"utcMillis\":"
              + NUMBER
              + ",\"uncertaintyMillis\":"
              + NUMBER
              + ",\"wallMillis\":"
              + NUMBER
              + ",\"monotonicNanos\":"
              + NUMBER
              + "\\}");

  private BootLine() {}

  /** What a line says, as a change to what was known before it; empty if it says nothing. */
  static Optional<UnaryOperator<Boots>> read(String line) {
    try {
      Matcher started = STARTED.matcher(line);
      if (started.matches()) {
        return Optional.of(boots -> boots.started(started.group(1)));
      }
      Matcher seen = SEEN.matcher(line);
      if (seen.matches()) {
        long nanos = Long.parseLong(seen.group(2));
        return of(seen, boot -> boot.seen(nanos));
      }
      Matcher leapt = LEAPT.matcher(line);
      if (leapt.matches()) {
        long nanos = Long.parseLong(leapt.group(2));
        return of(leapt, boot -> boot.leapt(nanos));
      }
      Matcher anchored = ANCHORED.matcher(line);
      if (anchored.matches()) {
        Look look = new Look(Long.parseLong(anchored.group(5)), Long.parseLong(anchored.group(6)));
        Anchor anchor =
            new Anchor(
                anchored.group(2),
                look,
                Long.parseLong(anchored.group(3)),
                Long.parseLong(anchored.group(4)));
        return of(anchored, boot -> boot.anchored(anchor));
      }
    } catch (NumberFormatException e) {
      return Optional.empty(); // more digits than any time has
    }
    return Optional.empty();
  }

  private static Optional<UnaryOperator<Boots>> of(Matcher line, UnaryOperator<Boot> news) {
    String id = line.group(1);
    return Optional.of(boots -> boots.started(id).with(news));
  }

  static String started(String boot) {
    return "{\"boot\":\"" + boot + "\"}";
  }

  static String seen(String boot, long nanos) {
    return "{\"boot\":\"" + boot + "\",\"seenNanos\":" + nanos + "}";
  }

  static String leapt(String boot, long nanos) {
    return "{\"boot\":\"" + boot + "\",\"leaptAtNanos\":" + nanos + "}";
  }

  static String anchored(String boot, Anchor anchor) {
    return String.format(
        "{\"boot\":\"%s\",\"source\":\"%s\",\"utcMillis\":%d,\"uncertaintyMillis\":%d,\"wallMillis\":%d,\"monotonicNanos\":%d}",
        boot,
        anchor.source(),
        anchor.epochMillis(),
        anchor.uncertaintyMillis(),
        anchor.look().wallMillis(),
        anchor.look().monotonicNanos());
  }

  /** Everything that is known of a start, in as few lines as it takes. */
  static List<String> all(Boot boot) {
    List<String> lines = new ArrayList<>();
    lines.add(started(boot.id()));
    Anchor first = boot.first();
    Anchor last = boot.last();
    if (first != null && last != null) {
      lines.add(anchored(boot.id(), first));
      if (!last.equals(first)) {
        lines.add(anchored(boot.id(), last));
      }
    }
    lines.add(seen(boot.id(), boot.seenNanos()));
    boot.leaptAt().ifPresent(nanos -> lines.add(leapt(boot.id(), nanos)));
    return lines;
  }
}
