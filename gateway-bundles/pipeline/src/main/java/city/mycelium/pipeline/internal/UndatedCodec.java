package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Moment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How the Readings of one submission are kept until their moment can be dated. */
final class UndatedCodec {

  private static final int VERSION = 1;

  private UndatedCodec() {}

  /** A submission: its Readings in their order, and when the gateway got them. */
  record Undated(Moment moment, List<Reading> readings) {}

  static byte[] encode(Undated undated) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * undated.readings().size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(undated.moment().boot());
      out.writeLong(undated.moment().monotonicNanos());
      out.writeInt(undated.readings().size());
      for (Reading reading : undated.readings()) {
        out.writeUTF(reading.channel().device().value());
        ReadingCodec.write(out, reading);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The reverse.
   *
   * @throws IOException if these bytes are not what {@link #encode} made
   */
  static Undated decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException(
            "undated readings of version " + version + ", which this one cannot read");
      }
      Moment moment = new Moment(in.readUTF(), in.readLong());
      int count = in.readInt();
      if (count < 1) {
        throw new IOException("undated readings are damaged: there are " + count);
      }
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        readings.add(ReadingCodec.read(in, new DeviceId(in.readUTF())));
      }
      if (in.read() >= 0) {
        throw new IOException("undated readings are damaged: something follows them");
      }
      return new Undated(moment, readings);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("undated readings are damaged: " + e.getMessage(), e);
    }
  }
}
