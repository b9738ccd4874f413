package city.mycelium.driver.host.record;

import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a record. Immutable. */
public sealed interface RecordLine {

  /** Calls the one method of the visitor that fits. */
  <T> T accept(Visitor<T> visitor);

  /** One method per kind of line. */
  interface Visitor<T> {
    T beginning(Beginning line);

    T passed(Passed line);

    T masked(Masked line);

    T kept(Kept line);

    T end(End line);
  }

  /**
   * The first line.
   *
   * @param gateway which version of the gateway wrote it
   * @param startedAt wall time of its beginning, UTC epoch milliseconds
   */
  record Beginning(String gateway, long startedAt) implements RecordLine {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.beginning(this);
    }
  }

  /**
   * Bytes that passed.
   *
   * @param micros how long after the beginning, by a clock that never jumps
   */
  record Passed(long micros, DeviceId device, Way way, String hex) implements RecordLine {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.passed(this);
    }
  }

  /** Bytes that passed and are nobody's business; only how many they were is told. */
  record Masked(long micros, DeviceId device, Way way, int bytes) implements RecordLine {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.masked(this);
    }
  }

  /**
   * What the gateway kept of one device in one submission.
   *
   * @param receivedAt the time given to results without one of their own, UTC epoch milliseconds
   */
  record Kept(long micros, DeviceId device, long receivedAt, List<Value> values)
      implements RecordLine {
    public Kept {
      values = List.copyOf(values);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.kept(this);
    }
  }

  /**
   * One result.
   *
   * @param channel what the device calls it
   * @param time as the device told it, if it did
   */
  record Value(String channel, @Nullable PhenomenonTime time, Result result) {}

  /** The last line; a record without one was cut off. */
  record End(long micros, String why) implements RecordLine {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.end(this);
    }
  }
}
