package city.mycelium.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.simulator.Options.UsageException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

  private static Options parse(String... words) throws UsageException {
    return Options.parse(List.of(words), Set.of("seed", "home"), Set.of("json"));
  }

  @Test
  void readsValuesAndFlags() throws UsageException {
    Options options = parse("--json", "--seed", "7");

    assertThat(options.has("json")).isTrue();
    assertThat(options.wholeNumber("seed", 1)).isEqualTo(7);
    assertThat(options.find("home")).isNull();
    assertThat(options.get("home", "here")).isEqualTo("here");
  }

  @Test
  void wordsThatItDoesNotKnowAreAnErrorThatNamesThem() {
    assertThatThrownBy(() -> parse("--sed", "7")).hasMessageContaining("--sed");
    assertThatThrownBy(() -> parse("seed")).hasMessageContaining("seed");
  }

  @Test
  void aValueThatIsMissingOrNoNumberIsAnErrorThatNamesTheOption() throws UsageException {
    assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("--seed");
    assertThatThrownBy(() -> parse("--seed", "x").wholeNumber("seed", 1))
        .hasMessageContaining("--seed");
    assertThatThrownBy(() -> parse("--seed", "x").number("seed", 1)).hasMessageContaining("--seed");
    assertThatThrownBy(() -> parse().need("home")).hasMessageContaining("--home");
  }
}
