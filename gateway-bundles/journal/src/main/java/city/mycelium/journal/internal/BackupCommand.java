package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code journal backup}: a copy of the journal as of one moment, while it is written. */
final class BackupCommand implements Command {

  private final Path file;

  BackupCommand(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "journal backup";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    String to = arguments.get("file");
    if (to == null || !Path.of(to).isAbsolute()) {
      throw new CommandException("say where to, with the whole path: --file /media/usb/journal.db");
    }
    Path target = Path.of(to);
    if (Files.exists(target)) {
      throw new CommandException(to + " exists already; a backup overwrites nothing");
    }
    Verification.Report copy;
    try {
      copy = Backup.make(file, target);
    } catch (JournalException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("backup", to);
    answer.put("bytes", copy.fileBytes());
    answer.put("lastOffset", copy.lastOffset());
    answer.put("observations", copy.observations());
    return answer;
  }
}
