package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.MessageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a web server would show: the tables in a folder, read when all is over. */
final class PublishedFolder {

  private final Path folder;
  private final MessageReader reader;

  PublishedFolder(Path folder, MessageReader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /** Each row of each table. */
  void readTo(Shelf shelf) throws Exception {
    for (Path table : tables()) {
      shelf.put(
          reader.read(Message.post("table", "text/csv", Files.readAllBytes(table)).by(Verb.PATCH)));
    }
  }

  private List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
