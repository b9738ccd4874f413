package city.mycelium.driver.push.internal.line;

import java.util.function.Function;

/** What became of one line. Empty lines and comments become nothing. */
public sealed interface Line {

  /** Its place in the body, from 1, with empty lines and comments counted. */
  int number();

  /** Calls the one that fits: with the line, or with the reason why it cannot be read. */
  <T> T either(Function<Good, T> good, Function<String, T> bad);

  /**
   * It holds a point.
   *
   * @param text the line as it came, without white space around it
   */
  record Good(int number, String text, Point point) implements Line {
    @Override
    public <T> T either(Function<Good, T> good, Function<String, T> bad) {
      return good.apply(this);
    }
  }

  /**
   * It cannot be read.
   *
   * @param why for a person
   */
  record Bad(int number, String why) implements Line {
    @Override
    public <T> T either(Function<Good, T> good, Function<String, T> bad) {
      return bad.apply(why);
    }
  }
}
