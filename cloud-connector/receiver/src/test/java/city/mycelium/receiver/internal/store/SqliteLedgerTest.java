package city.mycelium.receiver.internal.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {

  @TempDir private Path folder;

  @Override
  Database emptyDatabase() {
    return Database.at(folder.resolve("city.db").toString());
  }
}
