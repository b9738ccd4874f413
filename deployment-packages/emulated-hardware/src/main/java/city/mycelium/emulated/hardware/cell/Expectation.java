package city.mycelium.emulated.hardware.cell;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Something that a gateway has to show. Immutable. */
public sealed interface Expectation {

  /** Whether it is there in what was seen. */
  boolean isMet(Evidence seen);

  /** What was expected and what is there instead, for whoever has to find out. */
  String missing(Evidence seen);

  /**
   * An Observation in the journal.
   *
   * @param datastream {@code device/output}
   * @param value expected, in the unit of the Datastream
   * @param tolerance how far off it may be
   */
  record Reads(String datastream, double value, double tolerance) implements Expectation {

    @Override
    public boolean isMet(Evidence seen) {
      return seen.values(datastream).stream()
          .anyMatch(found -> Math.abs(found - value) <= tolerance);
    }

    @Override
    public String missing(Evidence seen) {
      return datastream + " should be " + value + ", and " + instead(datastream, seen);
    }
  }

  /**
   * Two Datastreams that say the same: one is the other's oracle.
   *
   * @param tolerance how far apart their latest Observations may be
   */
  record Agree(String datastream, String oracle, double tolerance) implements Expectation {

    @Override
    public boolean isMet(Evidence seen) {
      OptionalDouble one = seen.last(datastream);
      OptionalDouble other = seen.last(oracle);
      return one.isPresent()
          && other.isPresent()
          && Math.abs(one.getAsDouble() - other.getAsDouble()) <= tolerance;
    }

    @Override
    public String missing(Evidence seen) {
      return String.format(
          Locale.ROOT,
          "%s and %s should agree to %s, but of the one %s, of the other %s",
          datastream,
          oracle,
          tolerance,
          instead(datastream, seen),
          instead(oracle, seen));
    }
  }

  /**
   * A sentence of the gateway.
   *
   * @param about a device, or whatever else the line of the log has to name
   * @param words a regular expression, to be found in that line
   */
  record Says(String about, String words) implements Expectation {

    @Override
    public boolean isMet(Evidence seen) {
      Pattern pattern = Pattern.compile(words);
      return seen.lines(about).stream().anyMatch(line -> pattern.matcher(line).find());
    }

    @Override
    public String missing(Evidence seen) {
      List<String> lines = seen.lines(about);
      return "the gateway should say of "
          + about
          + ": '"
          + words
          + "', and says "
          + (lines.isEmpty() ? "nothing" : "'" + lines.get(lines.size() - 1) + "'");
    }
  }

  private static String instead(String datastream, Evidence seen) {
    OptionalDouble last = seen.last(datastream);
    if (last.isPresent()) {
      return "the last was " + last.getAsDouble();
    }
    String device = datastream.substring(0, datastream.indexOf('/'));
    List<String> lines = seen.lines(device);
    return "there was none"
        + (lines.isEmpty() ? "" : "; the gateway says: " + lines.get(lines.size() - 1));
  }
}
