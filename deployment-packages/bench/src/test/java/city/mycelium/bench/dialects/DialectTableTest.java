package city.mycelium.bench.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/dialects.md says what is so. */
class DialectTableTest {

  private static final String PRINT_IT = "print it anew: ./mycelium bench platforms --table";

  /** Compressors differ by a little. */
  private static final Percentage ABOUT = Percentage.withPercentage(5);

  private static List<String> page = List.of();
  private static List<String> now = List.of();
  private static final DialectTable TABLE = DialectTable.ofAll();

  @BeforeAll
  static void read() throws IOException {
    page = Files.readAllLines(Path.of("../../docs/dialects.md"));
    now = TABLE.markdown().lines().toList();
  }

  @Test
  void thePageHasEveryDialectInEveryTableAndNoOther() {
    List<String> names = List.copyOf(Kinds.all().keySet());
    assertThat(names).hasSizeGreaterThan(10);
    List<String> three = new ArrayList<>(names);
    three.addAll(names);
    three.addAll(names);
    assertThat(namesOn(page)).as(PRINT_IT).isEqualTo(three);
  }

  @Test
  void whatThePageSaysInWordsIsWhatIsPrinted() {
    assertThat(words(page)).as(PRINT_IT).isEqualTo(words(now));
  }

  @Test
  void bytesOnThePageAreThoseOfToday() {
    List<Double> printed = numbers(page);
    List<Double> measured = numbers(now);
    assertThat(printed).as(PRINT_IT).hasSameSizeAs(measured).hasSizeGreaterThan(20);
    for (int i = 0; i < printed.size(); i++) {
      assertThat(printed.get(i)).as(PRINT_IT).isCloseTo(measured.get(i), ABOUT);
    }
  }

  @Test
  void somebodyWroteDownWhatTheCodeCannotSay() {
    for (String name : Kinds.all().keySet()) {
      DialectFacts facts = DialectFacts.of(name);
      assertThat(facts.over()).as(name + " in DialectFacts").isNotEqualTo("?");
      assertThat(Path.of("../../docs", facts.page())).as(name).exists();
    }
  }

  /** What is read back has it, or has it not. */
  @Test
  void anIdentityIsWhereItIsSaidToBe() {
    assertThat(TABLE.rows()).isNotEmpty();
    for (DialectTable.Row row : TABLE.rows()) {
      String name = row.kind().name();
      assertThat(row.weight().readBack()).as(name).isPositive();
      assertThat(row.weight().hasIdentity()).as(name).isEqualTo(row.facts().hasIdentity());
    }
  }

  private static List<String> namesOn(List<String> lines) {
    return rows(lines)
        .map(row -> row.substring(row.indexOf('`') + 1, row.indexOf('`', row.indexOf('`') + 1)))
        .toList();
  }

  private static Stream<String> rows(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("| `") || line.startsWith("| [`"));
  }

  /** All but cells that are numbers. */
  private static List<String> words(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("\\| [0-9.]+ (?=\\|)", "| 0 ")).toList();
  }

  private static List<Double> numbers(List<String> lines) {
    return rows(lines)
        .flatMap(row -> Arrays.stream(row.split("\\|", -1)))
        .map(String::strip)
        .filter(cell -> cell.matches("[0-9]+\\.[0-9]"))
        .map(Double::valueOf)
        .toList();
  }
}
