package city.mycelium.api.control;

import java.util.Map;

/**
 * One thing that a person can ask of the gateway. Safe for use by many threads.
 *
 * <p>The answer is a tree of {@code Map<String, Object>}, {@code List}, {@code String}, {@code
 * Long}, {@code Double}, {@code Boolean}: what JSON can say.
 */
public interface Command {

  /** Words separated by a space, such as {@code device list}. */
  String name();

  /**
   * Does it.
   *
   * @param arguments by name
   * @throws CommandException if it cannot be done; the message is for a person
   */
  Map<String, Object> run(Map<String, String> arguments) throws CommandException;
}
