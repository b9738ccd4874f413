package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class TableTest {

  private static String table(String json) {
    try (var reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      JsonObject answer = reader.readObject();
      return Table.of(answer);
    }
  }

  /** As of {@code lorawan status}: nothing refused, and one front end. */
  @Test
  void listThatIsEmptyIsNamedAmongOthers() {
    assertThat(table("{'devices':0,'refusals':[],'fronts':[{'front':'udp','heard':3}]}"))
        .isEqualTo(
            """
            devices   0
            refusals  none

            front  heard
            udp    3
            """);
  }

  @Test
  void tablesAreApart() {
    assertThat(table("{'refusals':[{'refused':1,'because':'x'}],'fronts':[{'front':'udp'}]}"))
        .isEqualTo(
            """
            refused  because
            1        x

            front
            udp
            """);
  }

  @Test
  void listThatIsAllThereIsNeedsNoName() {
    assertThat(table("{'devices':[]}")).isEqualTo("(none)\n");
    assertThat(table("{'devices':[{'device':'a'}]}")).isEqualTo("device\na\n");
  }
}
