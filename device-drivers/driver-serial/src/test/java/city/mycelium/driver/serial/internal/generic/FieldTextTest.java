package city.mycelium.driver.serial.internal.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldTextTest {

  private static final Set<String> KEYS = Set.of("group");

  @Test
  void aLineSaysWhatAValueIs() throws Exception {
    List<FieldText> fields =
        FieldText.parse(
            "outputs",
            "level water-level m group=l factor=0.001 offset=-2\n"
                + "turns x-turns 1 definition=https://example.org/turns as=counter",
            KEYS);

    assertThat(fields.get(0).property()).isEqualTo(Vocabulary.WATER_LEVEL);
    assertThat(fields.get(0).unit()).isEqualTo(Unit.METRE);
    assertThat(fields.get(0).factor()).isEqualTo(0.001);
    assertThat(fields.get(0).offset()).isEqualTo(-2);
    assertThat(fields.get(0).required("outputs", "group")).isEqualTo("l");
    assertThat(fields.get(1).counter()).isTrue();
    assertThat(fields.get(1).property().definition()).hasToString("https://example.org/turns");
  }

  @Test
  void whatMakesNoSenseIsRefusedInWords() {
    refused("", "names no output");
    refused("level water-level", "'output property unit key=value…'");
    refused("level water-level furlong", "no unit that is known");
    refused("level altitude-of-cows m", "no property is called 'altitude-of-cows'");
    refused("level water-level Cel", "cannot be given in Cel");
    refused("level water-level m colour=red", "'colour=red'");
    refused("level water-level m factor=two", "factor is a number");
    refused("level water-level m as=word", "number or counter");
    refused("le/vel water-level m", "an output is called by");
    refused("level water-level m\nlevel water-level m", "twice");
    refused("level x m definition=nowhere", "absolute definition URI");
    assertThatThrownBy(
            () ->
                FieldText.parse("outputs", "level water-level m", KEYS)
                    .get(0)
                    .required("outputs", "group"))
        .hasMessageContaining("needs group=");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> FieldText.parse("outputs", text, KEYS)).hasMessageContaining(why);
  }
}
