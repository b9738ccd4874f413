package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;

/** A gateway that can be asked, running or not. For one thread. */
interface Gateway extends AutoCloseable {

  /**
   * Asks one thing.
   *
   * @throws CommandException if the gateway says no; the message is for a person
   * @throws IOException if it cannot be asked
   */
  JsonObject ask(String command, Map<String, String> arguments)
      throws CommandException, IOException;

  @Override
  void close() throws IOException;
}
