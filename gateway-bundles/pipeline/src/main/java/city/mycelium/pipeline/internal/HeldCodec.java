package city.mycelium.pipeline.internal;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How held Readings of one device and one submission are kept until the device is adopted. */
final class HeldCodec {

  /** Without an interval of receipt: every time of receipt was exact. */
  private static final int EXACT = 1;

  private static final int VERSION = 2;

  private HeldCodec() {}

  /** A held submission: its Readings, and when the gateway got them. */
  record Held(Received received, List<Reading> readings) {}

  static byte[] encode(Held held) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * held.readings().size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(held.received().receivedAt());
      ReadingCodec.writeTime(out, held.received().within());
      out.writeInt(held.readings().size());
      for (Reading reading : held.readings()) {
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
  static Held decode(DeviceId device, byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != EXACT && version != VERSION) {
        throw new IOException(
            "held readings of version " + version + ", which this one cannot read");
      }
      long receivedAt = in.readLong();
      Received received =
          new Received(receivedAt, version == EXACT ? null : ReadingCodec.readTime(in));
      int count = in.readInt();
      if (count < 1) {
        throw new IOException("held readings are damaged: there are " + count);
      }
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        readings.add(ReadingCodec.read(in, device));
      }
      if (in.read() >= 0) {
        throw new IOException("held readings are damaged: something follows them");
      }
      return new Held(received, readings);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("held readings are damaged: " + e.getMessage(), e);
    }
  }
}
