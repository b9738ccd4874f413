package city.mycelium.receiver.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DatabaseTest {

  @Test
  void aPathIsAnSqliteFile() {
    assertThat(Database.at("data/city.db").flavour()).isEqualTo(SqlFlavour.SQLITE);
  }

  @Test
  void aUrlSaysWhichDatabaseItIs() {
    assertThat(Database.at("jdbc:sqlite:city.db").flavour()).isEqualTo(SqlFlavour.SQLITE);
    assertThat(Database.at("jdbc:postgresql://db.example/city").flavour())
        .isEqualTo(SqlFlavour.POSTGRESQL);
    assertThatThrownBy(() -> Database.at("jdbc:oracle:thin:@//db.example/city"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PostgreSQL");
  }

  /** It would double the speed, but every Observation would count as a duplicate. */
  @Test
  void refusesADriverOptionThatHidesTheCounts() {
    assertThatThrownBy(
            () -> Database.at("jdbc:postgresql://db.example/city?reWriteBatchedInserts=true"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reWriteBatchedInserts");
  }

  /** What is printed ends up in logs. */
  @Test
  void neverPrintsAPassword() {
    assertThat(Database.at("jdbc:postgresql://db.example/city?user=u&password=secret"))
        .hasToString("jdbc:postgresql://db.example/city");
  }
}
