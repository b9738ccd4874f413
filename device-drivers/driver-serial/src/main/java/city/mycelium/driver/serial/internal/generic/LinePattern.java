package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression out of a configuration, held to a budget: some patterns take longer than the
 * age of the universe on a line of thirty letters. Safe for use by many threads.
 */
final class LinePattern {

  /**
   * Characters that a match may look at; a sound pattern looks at each of the 256 of a line a few
   * times. Some milliseconds on a Raspberry Pi.
   */
  private static final int BUDGET = 50_000;

  private static final int LONGEST_PATTERN = 1_000;

  private final Pattern pattern;

  private LinePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static LinePattern compile(String text) throws DeviceException {
    if (text.length() > LONGEST_PATTERN) {
      throw DeviceException.config(
          "pattern has at most " + LONGEST_PATTERN + " characters, not " + text.length());
    }
    try {
      return new LinePattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw DeviceException.config(
          "pattern is no regular expression: "
              + e.getDescription()
              + " near character "
              + (e.getIndex() + 1));
    }
  }

  /** The name, if the pattern has such a group. */
  String requireGroup(String name) throws DeviceException {
    try {
      // What refers back to a group is refused if there is none.
      Pattern unused = Pattern.compile(pattern.pattern() + "\\k<" + name + ">");
      return name;
    } catch (PatternSyntaxException e) {
      throw DeviceException.config(
          "pattern has no group (?<" + name + ">…), which outputs asks for");
    }
  }

  /**
   * What these groups hold, in their order, if the pattern fits the whole line; empty for a group
   * that took no part. A line on which the pattern exceeds its budget does not fit.
   */
  Optional<List<String>> match(String line, List<String> groups) {
    Matcher matcher = pattern.matcher(new Metered(line));
    try {
      if (!matcher.matches()) {
        return Optional.empty();
      }
    } catch (OutOfBudget | StackOverflowError e) { // the second is the same in another guise
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (String group : groups) {
      int from = matcher.start(group);
      values.add(from < 0 ? "" : line.substring(from, matcher.end(group)).strip());
    }
    return Optional.of(values);
  }

  /** A line that can be looked at only so often. For one thread. */
  private static final class Metered implements CharSequence {

    private final String line;
    private int left = BUDGET;

    Metered(String line) {
      this.line = line;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new OutOfBudget();
      }
      return line.charAt(index);
    }

    @Override
    public int length() {
      return line.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return line.subSequence(from, to);
    }

    @Override
    public String toString() {
      return line;
    }
  }

  /** Carries nothing: it is thrown to get out of a library, and caught three lines from there. */
  private static final class OutOfBudget extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfBudget() {
      super(null, null, false, false);
    }
  }
}
