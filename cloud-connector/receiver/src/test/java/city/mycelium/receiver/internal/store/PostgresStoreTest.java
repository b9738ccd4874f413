package city.mycelium.receiver.internal.store;

import static city.mycelium.receiver.Samples.arrives;
import static city.mycelium.receiver.Samples.pack;
import static city.mycelium.receiver.Samples.packOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Result.Text;
import city.mycelium.receiver.internal.store.Store.Committed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same with a real PostgreSQL server, and what only a server can do to us. */
class PostgresStoreTest extends StoreContract {

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
    return server.emptyDatabase("city" + DATABASES.incrementAndGet());
  }

  /** PostgreSQL cannot hold U+0000 in a text. One such text must not hold up a city. */
  @Test
  void blamesContentThatPostgresqlCannotHold() throws Exception {
    assertThatThrownBy(() -> store().commit(List.of(arrives(packOf(1, new Text("\u0000"))))))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CONTENT));
    // Control: without it, the next commit is taken.
    assertThat(store().commit(List.of(arrives(pack(1, 2)))).stored()).isEqualTo(2);
  }

  @Test
  void aServerThatWasKilledIsUsedAgainWhenItIsBack() throws Exception {
    store().commit(List.of(arrives(pack(1, 10))));
    server.kill();

    assertThatThrownBy(() -> store().commit(List.of(arrives(pack(11, 20)))))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));

    server.resume();
    Committed committed = store().commit(List.of(arrives(pack(9, 20))));
    assertThat(committed.stored()).isEqualTo(10);
    assertThat(committed.duplicates()).isEqualTo(2);
  }
}
