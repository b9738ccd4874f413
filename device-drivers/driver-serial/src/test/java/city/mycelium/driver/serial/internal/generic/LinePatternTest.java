package city.mycelium.driver.serial.internal.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinePatternTest {

  @Test
  void theWholeLineMustFit() throws Exception {
    LinePattern pattern = LinePattern.compile("R(?<mm>[0-9]{4})");

    assertThat(pattern.match("R1234", List.of("mm"))).contains(List.of("1234"));
    assertThat(pattern.match("R1234 ", List.of("mm"))).isEmpty();
    assertThat(pattern.match("xR1234", List.of("mm"))).isEmpty();
  }

  @Test
  void aGroupThatTookNoPartIsEmpty() throws Exception {
    assertThat(LinePattern.compile("a(?<x>1)?(?<y>2)?").match("a2", List.of("x", "y")))
        .contains(List.of("", "2"));
  }

  // Each of these would take longer than anybody waits: about two to the power of the length steps.
  @Test
  @Timeout(20)
  void aPatternThatNeverEndsDoesNotFit() throws Exception {
    String line = "a".repeat(250);
    for (String text : List.of("(?<x>a+)+b", "(?<x>(a|aa)+)b", "(?<x>(.*)*)b", "(?<x>(a*)*)*b")) {
      assertThat(LinePattern.compile(text).match(line, List.of("x"))).as(text).isEmpty();
    }
    assertThat(LinePattern.compile("(?<x>a+)").match(line, List.of("x")))
        .as("control")
        .contains(List.of(line));
  }

  @Test
  void whatIsNoPatternIsRefusedInWords() {
    assertThatThrownBy(() -> LinePattern.compile("(?<x>["))
        .hasMessageContaining("no regular expression");
    assertThatThrownBy(() -> LinePattern.compile("a".repeat(1001)))
        .hasMessageContaining("1000 characters");
    assertThatThrownBy(() -> LinePattern.compile("(?<x>a)").requireGroup("y"))
        .hasMessageContaining("no group (?<y>");
  }
}
