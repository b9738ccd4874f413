package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {

  private static final long NOON = 1_795_651_200_000L;

  @TempDir private Path temp;
  private Path file = Path.of("unset");

  @BeforeEach
  void oldFileWithItsLog() throws Exception {
    file = temp.resolve("journal.db");
    Files.writeString(file, "old");
    Files.writeString(temp.resolve("journal.db-wal"), "old log");
  }

  private String read(String name) throws Exception {
    return Files.readString(temp.resolve(name));
  }

  @Test
  void oldFileIsKeptWithItsLogUnderANameThatSaysWhenAndWhichEpoch() throws Exception {
    Exchange exchange = new Exchange(file);
    Files.writeString(exchange.draft(), "new");
    String aside = exchange.nameAside("damaged", NOON, "0123456789abcdef");

    exchange.complete(aside);

    assertThat(aside).matches("journal\\.db\\.damaged-2026112[0-9]T[0-9]{6}Z-0123456789abcdef");
    assertThat(read("journal.db")).isEqualTo("new");
    assertThat(read(aside)).isEqualTo("old");
    assertThat(read(aside + "-wal")).isEqualTo("old log");
    assertThat(temp.resolve("journal.db-wal")).doesNotExist();
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Exchange exchange = new Exchange(file);
    String first = exchange.nameAside("damaged", NOON, "0123456789abcdef");
    Files.writeString(temp.resolve(first), "older");

    String second = exchange.nameAside("damaged", NOON, "0123456789abcdef");

    assertThat(second).isEqualTo(first + "-2");
  }

  // A log of the old file beside the new one would be taken for the new one's.
  @Test
  void powerCutHalfWayIsFinishedAtTheNextOpening() throws Exception {
    Exchange exchange = new Exchange(file);
    String aside = exchange.nameAside("damaged", NOON, "0123456789abcdef");
    Files.writeString(temp.resolve("journal.db.ready-" + aside), "new");
    Files.move(temp.resolve("journal.db-wal"), temp.resolve(aside + "-wal"));

    new Exchange(file).finish();

    assertThat(read("journal.db")).isEqualTo("new");
    assertThat(read(aside)).isEqualTo("old");
    assertThat(read(aside + "-wal")).isEqualTo("old log");
  }

  @Test
  void withoutAnExchangeNothingMoves() throws Exception {
    new Exchange(file).finish();
    assertThat(read("journal.db")).isEqualTo("old");
  }
}
