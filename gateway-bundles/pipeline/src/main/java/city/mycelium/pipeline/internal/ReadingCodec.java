package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a Reading is kept that cannot be an Observation yet. Without its device, which whoever keeps
 * it knows, and without its source key, which is remembered elsewhere.
 */
final class ReadingCodec {

  private static final int HAS_PERIOD = 1;
  private static final int IS_PERSONAL = 2;

  private ReadingCodec() {}

  static void write(DataOutputStream out, Reading reading) throws IOException {
    writeChannel(out, reading.channel());
    writeTime(out, reading.phenomenonTime());
    reading.result().accept(new ResultWriter(out));
  }

  /**
   * The reverse.
   *
   * @throws IOException if these bytes are not what {@link #write} made
   * @throws IllegalArgumentException likewise
   */
  static Reading read(DataInputStream in, DeviceId device) throws IOException {
    Channel channel = readChannel(in, device);
    PhenomenonTime time = readTime(in);
    return new Reading(channel, time, readResult(in), null);
  }

  static void writeTime(DataOutputStream out, @Nullable PhenomenonTime time) throws IOException {
    out.writeBoolean(time != null);
    if (time != null) {
      out.writeLong(time.from());
      out.writeLong(time.to());
    }
  }

  static @Nullable PhenomenonTime readTime(DataInputStream in) throws IOException {
    return in.readBoolean() ? PhenomenonTime.between(in.readLong(), in.readLong()) : null;
  }

  private static void writeChannel(DataOutputStream out, Channel channel) throws IOException {
    ObservedProperty property = channel.property();
    Duration period = channel.samplingPeriod();
    out.writeUTF(channel.name());
    out.writeUTF(property.name());
    out.writeUTF(property.definition().toString());
    out.writeUTF(property.unit().code());
    out.writeDouble(property.plausibleMin());
    out.writeDouble(property.plausibleMax());
    out.writeUTF(channel.unit().code());
    // One byte of flags, where there was one truth before: what was written then reads the same.
    out.writeByte((period == null ? 0 : HAS_PERIOD) | (channel.personal() ? IS_PERSONAL : 0));
    if (period != null) {
      out.writeLong(period.getSeconds());
      out.writeInt(period.getNano());
    }
  }

  private static Channel readChannel(DataInputStream in, DeviceId device) throws IOException {
    String name = in.readUTF();
    ObservedProperty property =
        new ObservedProperty(
            in.readUTF(), URI.create(in.readUTF()), unit(in), in.readDouble(), in.readDouble());
    Unit unit = unit(in);
    int flags = in.readByte();
    Duration period =
        (flags & HAS_PERIOD) == 0 ? null : Duration.ofSeconds(in.readLong(), in.readInt());
    return new Channel(device, name, property, unit, period, (flags & IS_PERSONAL) != 0);
  }

  private static Unit unit(DataInputStream in) throws IOException {
    String code = in.readUTF();
    return Unit.ofCode(code).orElseThrow(() -> new IOException("unit '" + code + "' is unknown"));
  }

  private static Result readResult(DataInputStream in) throws IOException {
    char shape = in.readChar();
    return switch (shape) {
      case 'n' -> new Result.Measurement(in.readDouble());
      case 'b' -> new Result.Truth(in.readBoolean());
      case 't' -> new Result.Text(in.readUTF());
      case 'g' -> new Result.Category(in.readUTF());
      case 'c' -> new Result.Counter(in.readLong());
      case 'p' -> {
        double latitude = in.readDouble();
        double longitude = in.readDouble();
        yield new Result.Position(latitude, longitude, in.readBoolean() ? in.readDouble() : null);
      }
      default -> throw new IOException("result of unknown shape '" + shape + "'");
    };
  }

  private record ResultWriter(DataOutputStream out) implements Result.Visitor<DataOutputStream> {

    @Override
    public DataOutputStream number(Result.Measurement result) {
      return write('n', () -> out.writeDouble(result.value()));
    }

    @Override
    public DataOutputStream truth(Result.Truth result) {
      return write('b', () -> out.writeBoolean(result.value()));
    }

    @Override
    public DataOutputStream text(Result.Text result) {
      return write('t', () -> out.writeUTF(result.value()));
    }

    @Override
    public DataOutputStream category(Result.Category result) {
      return write('g', () -> out.writeUTF(result.value()));
    }

    @Override
    public DataOutputStream counter(Result.Counter result) {
      return write('c', () -> out.writeLong(result.value()));
    }

    @Override
    public DataOutputStream position(Result.Position result) {
      return write(
          'p',
          () -> {
            out.writeDouble(result.latitude());
            out.writeDouble(result.longitude());
            Double altitude = result.altitude();
            out.writeBoolean(altitude != null);
            if (altitude != null) {
              out.writeDouble(altitude);
            }
          });
    }

    @Override
    public DataOutputStream summary(Result.Summary result) {
      throw new IllegalStateException("a Reading never holds a Summary");
    }

    private DataOutputStream write(char shape, Body body) {
      try {
        out.writeChar(shape);
        body.write();
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory does not fail", e);
      }
      return out;
    }

    @FunctionalInterface
    private interface Body {
      void write() throws IOException;
    }
  }
}
