package city.mycelium.driver.host.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {

  private static final DeviceId ROOF = new DeviceId("sds011.roof");

  @ParameterizedTest
  @EnumSource(Way.class)
  void bytesComeBack(Way way) {
    RecordLine.Passed line = new RecordLine.Passed(1_234_567, ROOF, way, "aab4c0ff");

    assertThat(RecordFormat.read(RecordFormat.write(line))).isEqualTo(line);
  }

  // Equal observations, bit for bit, is what a replay is for.
  @ParameterizedTest
  @ValueSource(doubles = {0.1 + 0.2, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e23, 12.3})
  void numbersComeBackBitForBit(double value) {
    RecordLine.Kept line =
        new RecordLine.Kept(
            5,
            ROOF,
            1_700_000_000_000L,
            List.of(new RecordLine.Value("PM10", null, new Result.Measurement(value))));

    RecordLine.Kept back = (RecordLine.Kept) RecordFormat.read(RecordFormat.write(line));

    Result.Measurement result = (Result.Measurement) back.values().get(0).result();
    assertThat(Double.doubleToRawLongBits(result.value()))
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  @Test
  void everyShapeOfResultComesBack() {
    RecordLine.Kept line =
        new RecordLine.Kept(
            5,
            ROOF,
            1_700_000_000_000L,
            List.of(
                new RecordLine.Value("a", PhenomenonTime.at(7), new Result.Truth(true)),
                new RecordLine.Value(
                    "b", PhenomenonTime.between(7, 9), new Result.Text("\"quoted\"\nline")),
                new RecordLine.Value("c", null, new Result.Category("occupied")),
                new RecordLine.Value("d", null, new Result.Counter(Long.MAX_VALUE)),
                new RecordLine.Value("e", null, new Result.Position(52.1, 6.2, null)),
                new RecordLine.Value("f", null, new Result.Position(52.1, 6.2, 3.5))));

    assertThat(RecordFormat.read(RecordFormat.write(line))).isEqualTo(line);
  }

  @Test
  void theOtherLinesComeBack() {
    for (RecordLine line :
        List.of(
            new RecordLine.Beginning("0.1.0", 1_700_000_000_000L),
            new RecordLine.Masked(9, ROOF, Way.HEARD, 34),
            new RecordLine.End(10, "the time was over"))) {
      assertThat(RecordFormat.read(RecordFormat.write(line))).isEqualTo(line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"micros\":1,\"device\":\"a\",\"heard\":tr",
        "{\"micros\":1,\"device\":\"a\"}",
        "{\"micros\":\"x\",\"device\":\"a\",\"heard\":\"00\"}",
        "{\"device\":\"a\",\"heard\":\"00\"}"
      })
  void whatIsNoLineIsRefusedInWords(String line) {
    assertThatThrownBy(() -> RecordFormat.read(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("record");
  }

  @Test
  void aRecordFromTheFutureIsRefusedAndTheVersionNamed() {
    assertThatThrownBy(
            () -> RecordFormat.read("{\"record\":2,\"gateway\":\"9.9.9\",\"startedAt\":1}"))
        .hasMessageContaining("9.9.9");
  }
}
