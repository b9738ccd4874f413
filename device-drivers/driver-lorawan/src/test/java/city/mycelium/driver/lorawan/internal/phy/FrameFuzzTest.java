package city.mycelium.driver.lorawan.internal.phy;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.inspect.FrameInspection;
import city.mycelium.driver.lorawan.internal.inspect.InspectionKeys;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/**
 * Whatever comes over the air is read or refused. In an ordinary build each file of the corpus is
 * run once; with {@code JAZZER_FUZZ=1} the fuzzer looks for more (docs/decisions/0111-fuzzing.md).
 */
class FrameFuzzTest {

  private static final AesKey KEY = AesKey.parse("000102030405060708090a0b0c0d0e0f");
  private static final InspectionKeys KEYS =
      new InspectionKeys(Optional.of(KEY), Optional.of(KEY), Optional.of(KEY), 1);

  @FuzzTest(maxDuration = "60s")
  void anyFrame(byte[] bytes) {
    try {
      assertThat(FrameInspection.of(bytes, KEYS)).containsKey("kind");
    } catch (FrameException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "60s")
  void anyMacCommands(byte[] bytes) {
    for (Direction direction : Direction.values()) {
      MacCommand.Run run = MacCommand.parse(bytes, direction);
      assertThat(MacCommand.bytes(run.commands()).length + run.notRead().length)
          .isEqualTo(bytes.length);
    }
  }
}
