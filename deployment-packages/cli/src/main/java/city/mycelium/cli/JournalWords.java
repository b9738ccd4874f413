package city.mycelium.cli;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import city.mycelium.journal.internal.JournalCommands;
import city.mycelium.shell.internal.ControlSocket;
import city.mycelium.shell.internal.Requests;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code mycelium journal …}, as far as it is more than a question to a gateway. */
final class JournalWords {

  private JournalWords() {}

  /**
   * What needs the data directory for itself, or has to work where a journal cannot be opened.
   *
   * @return nothing if this is none of it
   * @throws CommandException if it was not done; the message is for a person
   */
  static Optional<JsonObject> run(CommandLine line, Path data, long now)
      throws UsageException, CommandException, IOException {
    String word = line.words().get(1);
    boolean running = RunningGateway.isThere(data.resolve(ControlSocket.FILE_NAME));
    try {
      switch (word) {
        case "salvage" -> {
          refuseIf(running, word);
          return said(JournalCommands.salvage(data, now));
        }
        case "restore" -> {
          refuseIf(running, word);
          Path backup = file(line);
          JournalCommands.restore(backup, data, line.has("replace"), now);
          return said(backup + " is restored, as a new epoch. The gateway can be started.");
        }
        case "verify" -> {
          if (running) {
            return Optional.empty();
          }
          Command verify = JournalCommands.verify(data);
          return Optional.of(Requests.toJson(verify.run(Map.of())));
        }
        default -> {
          return Optional.empty();
        }
      }
    } catch (JournalException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void refuseIf(boolean running, String word) throws CommandException {
    if (running) {
      throw new CommandException(
          "The gateway is running, and '"
              + word
              + "' needs its data for itself. Stop it first (systemctl stop mycelium).");
    }
  }

  /** The file that a backup or restore names, with its whole path. */
  static Path file(CommandLine line) throws UsageException {
    if (line.words().size() != 3) {
      throw new UsageException("say which file: mycelium journal " + line.words().get(1) + " FILE");
    }
    return Path.of(line.words().get(2)).toAbsolutePath();
  }

  private static Optional<JsonObject> said(String words) {
    return Optional.of(Json.createObjectBuilder().add("done", words).build());
  }
}
