package city.mycelium.bench.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightTest {

  /** The promise of the block (docs/wire.md, 8), at a hundred per message, names and all. */
  @Test
  void whatKitsSayTakesAtMostSixBytesInABlock() {
    Weight block = kits("mycelium-block");
    assertThat(block.observations()).isEqualTo(block.messages() * Speech.BATCH);
    assertThat(block.payloadEach()).isLessThanOrEqualTo(6);
    assertThat(kits("senml-cbor").payloadEach()).isGreaterThan(6); // control
  }

  private static Weight kits(String dialect) {
    return Weight.of(Setup.of(Kinds.named(dialect)).selecting(City::isOfKit));
  }

  /** Only what has words in a model is told there; a hundred are told all the same. */
  @Test
  void whatADialectHasNoWordsForDoesNotCount() {
    Weight all = Weight.of(Setup.of(Kinds.named("senml-json")));
    Weight some = Weight.of(Setup.of(Kinds.named("sensor-community")));
    assertThat(some.observations()).isEqualTo(all.observations());
    assertThat(some.readBack()).isEqualTo(some.observations());
  }
}
