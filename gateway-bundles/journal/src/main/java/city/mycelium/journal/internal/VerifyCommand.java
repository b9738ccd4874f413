package city.mycelium.journal.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code journal verify}: everything read once, and what is wrong with it. */
final class VerifyCommand implements Command {

  private final Path file;

  VerifyCommand(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "journal verify";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    try {
      return answer(Verification.of(file));
    } catch (JournalException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, Object> answer(Verification.Report report) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sound", report.isSound());
    answer.put("fileBytes", report.fileBytes());
    answer.put("lastOffset", report.lastOffset());
    answer.put("blocks", report.blocks());
    answer.put("observations", report.observations());
    answer.put("gone", report.gone());
    List<Map<String, Object>> complaints =
        report.complaints().stream().map(words -> Map.<String, Object>of("wrong", words)).toList();
    if (!complaints.isEmpty()) {
      answer.put("complaints", complaints);
    }
    return answer;
  }
}
