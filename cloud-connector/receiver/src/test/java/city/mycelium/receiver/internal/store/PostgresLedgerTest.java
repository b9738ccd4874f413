package city.mycelium.receiver.internal.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with a real PostgreSQL server. */
class PostgresLedgerTest extends LedgerContract {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void endServer() throws Exception {
    server.close();
  }

  @Override
  Database emptyDatabase() throws Exception {
    return server.emptyDatabase("ledger" + DATABASES.incrementAndGet());
  }
}
