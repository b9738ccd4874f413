package city.mycelium.sync.internal;

import city.mycelium.api.control.CommandException;
import java.util.Map;

/** Arguments of commands. */
final class Arguments {

  private Arguments() {}

  static String required(Map<String, String> arguments, String name) throws CommandException {
    String value = arguments.get(name);
    if (value == null) {
      throw new CommandException("say which: " + name + " is missing");
    }
    return value;
  }
}
