package city.mycelium.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.time.Moment;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shapes of Readings are tested with {@link HeldCodec}; here is the rest. */
class UndatedCodecTest {

  private static final UndatedCodec.Undated UNDATED =
      new UndatedCodec.Undated(
          new Moment("6f0e3b1c-52f5-4d40-8f1c-0d2f1d8f5a11", Long.MAX_VALUE),
          List.of(
              reading("kit.1", null),
              reading("kit.2", PhenomenonTime.at(7)),
              reading("kit.1", null)));

  @Test
  void momentDevicesAndOrderComeBackAsTheyWere() throws Exception {
    assertThat(UndatedCodec.decode(UndatedCodec.encode(UNDATED))).isEqualTo(UNDATED);
  }

  @Test
  void whatWasCutOffAnywhereIsRefused() {
    byte[] whole = UndatedCodec.encode(UNDATED);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> UndatedCodec.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsTooLongOrOfAnotherVersionIsRefusedInWords() {
    byte[] whole = UndatedCodec.encode(UNDATED);
    byte[] newer = whole.clone();
    newer[0] = 2;

    assertThatThrownBy(() -> UndatedCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
        .hasMessage("undated readings are damaged: something follows them");
    assertThatThrownBy(() -> UndatedCodec.decode(newer))
        .hasMessage("undated readings of version 2, which this one cannot read");
  }

  // docs/clock.md: a reading takes about 200 bytes.
  @Test
  void aReadingTakesAboutTwoHundredBytes() {
    UndatedCodec.Undated one =
        new UndatedCodec.Undated(UNDATED.moment(), List.of(reading("paddenstoel.123", null)));

    assertThat(UndatedCodec.encode(one).length).isBetween(150, 250);
  }

  private static Reading reading(String device, @Nullable PhenomenonTime time) {
    Channel channel =
        new Channel(
            new DeviceId(device), "PM25", Vocabulary.PM2_5, Unit.MICROGRAM_PER_CUBIC_METRE, null);
    return new Reading(channel, time, new Result.Measurement(8.1), null);
  }
}
