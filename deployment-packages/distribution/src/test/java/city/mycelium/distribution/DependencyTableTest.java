package city.mycelium.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom, held against what the bundles really import. */
class DependencyTableTest {

  private DependencyTable table;

  @BeforeEach
  void readTheTable() throws IOException {
    table = DependencyTable.read();
  }

  static Stream<String> modules() throws IOException {
    return Gateway.modules();
  }

  static Stream<String> dialects() throws IOException {
    return modules().filter(module -> module.startsWith("dialect."));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleImportsOnlyWhatItMay(String module) throws IOException {
    assertThat(table.forbidden(module, Gateway.imports(Gateway.jar(module)))).isEmpty();
  }

  /** The receiver is no bundle of the set, but it has its line, and bnd has read its imports. */
  @Test
  void receiverImportsOnlyWhatItMay() {
    Path receiver = Path.of(System.getProperty("receiver"));

    assertThat(table.forbidden("receiver", Gateway.imports(receiver))).isEmpty();
  }

  /**
   * A dialect is used by gateway and receiver alike: it is given its time and its bytes. (A URI is
   * a name of something, not the network.)
   */
  @ParameterizedTest
  @MethodSource("dialects")
  void dialectKnowsNeitherNetworkNorClock(String dialect) throws IOException {
    assertThat(classesUsedBy(Gateway.jar(dialect)))
        .contains("java.lang.String")
        .noneMatch(name -> name.startsWith("java.net.") && !name.equals("java.net.URI"))
        .noneMatch(name -> name.startsWith("java.nio.channels."))
        .noneMatch(name -> name.startsWith("javax.net."))
        .doesNotContain("java.time.Clock");
  }

  /** A driver that keeps counters gets a place for them, and sees nobody's observations. */
  @ParameterizedTest
  @ValueSource(strings = {"driver.lorawan", "driver.sysfs"})
  void driverKnowsOfTheJournalOnlyWhereCountersAreKept(String driver) throws IOException {
    String journal = "city.mycelium.api.journal.";
    assertThat(classesUsedBy(Gateway.jar(driver)))
        .contains(journal + "StateStore")
        .filteredOn(name -> name.startsWith(journal))
        .isSubsetOf(
            journal + "StateStore",
            journal + "StateStore$Entry",
            journal + "StateChange",
            journal + "JournalException",
            journal + "JournalException$Reason");
  }

  // The table itself must be able to say no.

  @Test
  void pipelineMayNotKnowTheDatabase() {
    assertThat(table.forbidden("pipeline", List.of("city.mycelium.api.journal", "org.sqlite")))
        .containsExactly("org.sqlite");
  }

  @Test
  void dialectMayNotLog() {
    assertThat(table.forbidden("dialect.senml", List.of("org.slf4j"))).containsExactly("org.slf4j");
  }

  @Test
  void driverMayNotKnowTheJournal() {
    assertThat(
            table.forbidden(
                "driver.serial", List.of("city.mycelium.api.driver", "city.mycelium.api.journal")))
        .containsExactly("city.mycelium.api.journal");
  }

  @Test
  void roomsMayNotKnowEachOther() {
    assertThat(table.forbidden("sync", List.of("city.mycelium.registry.internal")))
        .containsExactly("city.mycelium.registry.internal");
  }

  @Test
  void nameThatOnlyBeginsTheSameIsAnother() {
    assertThat(table.forbidden("pipeline", List.of("org.slf4jx", "city.mycelium.apiary")))
        .containsExactly("city.mycelium.apiary", "org.slf4jx");
  }

  /** Whoever adds a module adds its line. */
  @Test
  void moduleWithoutALineMayImportNothing() {
    assertThat(table.forbidden("new", List.of("java.util"))).containsExactly("java.util");
  }

  /** Control: what the table allows passes. */
  @Test
  void journalMayKnowTheDatabase() {
    assertThat(
            table.forbidden(
                "journal",
                List.of("city.mycelium.api.journal", "org.sqlite", "org.slf4j", "java.sql")))
        .isEmpty();
  }

  private static List<String> classesUsedBy(Path jar) {
    StringWriter out = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(out),
            new PrintWriter(out),
            "--multi-release",
            "base",
            "--ignore-missing-deps",
            "-verbose:class",
            "-filter:none",
            jar.toString());
    // "   the.User -> the.Used   where it is from"
    return out.toString()
        .lines()
        .filter(line -> line.contains("->"))
        .map(line -> line.split("->", 2)[1].strip().split("\\s+", 2)[0])
        .distinct()
        .toList();
  }
}
