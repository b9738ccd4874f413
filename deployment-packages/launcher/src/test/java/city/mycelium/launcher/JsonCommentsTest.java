package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonCommentsTest {

  /** Control: without comments nothing changes. */
  @Test
  void textWithoutCommentsStaysAsItIs() {
    assertThat(JsonComments.blank("{ \"a\": 1 / 2 }")).isEqualTo("{ \"a\": 1 / 2 }");
  }

  @Test
  void lineCommentEndsWithItsLine() {
    assertThat(JsonComments.blank("1 // x\n2")).isEqualTo("1     \n2");
  }

  /** Line and column of what follows stay what they are in the file. */
  @Test
  void blockCommentKeepsItsLineBreaks() {
    assertThat(JsonComments.blank("1 /* x\ny */ 2")).isEqualTo("1     \n     2");
  }

  @Test
  void slashesInTextAreNoComment() {
    String text = "{ \"url\": \"mqtts://x/*\", \"quote\": \"\\\"// \\\\\" }";

    assertThat(JsonComments.blank(text)).isEqualTo(text);
  }

  @Test
  void commentThatIsNeverClosedReachesToTheEnd() {
    assertThat(JsonComments.blank("1 /* x\n2")).isEqualTo("1     \n ");
  }

  @Test
  void starOfTheOpeningDoesNotClose() {
    assertThat(JsonComments.blank("/*/ 1 */2")).isEqualTo("        2");
  }

  /** Whatever it is given: the same length, the same line breaks, no exception. */
  @Test
  void garbageKeepsItsShape() {
    Random random = new Random(7);
    String alphabet = "/*\"\\\n{}a";
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(JsonComments.blank(text.toString()))
          .hasSameSizeAs(text)
          .satisfies(
              blanked ->
                  assertThat(blanked.replaceAll("[^\n]", "."))
                      .isEqualTo(text.toString().replaceAll("[^\n]", ".")));
    }
  }
}
