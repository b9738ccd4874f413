package city.mycelium.driver.push.internal.kit;

import java.util.function.Function;

/** What was understood of a line or body. */
public sealed interface Heard {

  /** Calls the one that fits: with the message, or with the reason why there is none. */
  <T> T either(Function<KitMessage, T> message, Function<String, T> unclear);

  /** A kit's message; it may still hold complaints. */
  record Message(KitMessage message) implements Heard {
    @Override
    public <T> T either(Function<KitMessage, T> heard, Function<String, T> unclear) {
      return heard.apply(message);
    }
  }

  /**
   * Nothing: not even whose it is, or when.
   *
   * @param why for a person
   */
  record Unclear(String why) implements Heard {
    @Override
    public <T> T either(Function<KitMessage, T> heard, Function<String, T> unclear) {
      return unclear.apply(why);
    }
  }
}
