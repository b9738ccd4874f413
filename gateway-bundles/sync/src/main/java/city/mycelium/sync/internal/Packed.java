package city.mycelium.sync.internal;

import city.mycelium.api.observation.OffsetRange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Small durable state as bytes: whole numbers in groups of seven bits, texts with their length.
 * Each value begins with a version, so that a later gateway can read what an earlier one wrote.
 */
final class Packed {

  private Packed() {}

  /** Writes. */
  static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out(int version) {
      number(version);
    }

    /** A number that is not negative. */
    Out number(long value) {
      long rest = value;
      while (rest >= 0x80) {
        bytes.write((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes.write((int) rest);
      return this;
    }

    Out text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      bytes.writeBytes(utf8);
      return this;
    }

    /** Ranges that ascend, each as its distance from the one before and its size. */
    Out ranges(List<OffsetRange> ranges) {
      number(ranges.size());
      long before = 0;
      for (OffsetRange range : ranges) {
        number(range.first() - before).number(range.size());
        before = range.last();
      }
      return this;
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }

  /** Reads what {@link Out} wrote. */
  static final class In {
    private final ByteBuffer bytes;

    /**
     * Begins to read.
     *
     * @throws IllegalStateException if it was written by a later version
     */
    In(byte[] written, int version) {
      bytes = ByteBuffer.wrap(written);
      long found = number();
      if (found != version) {
        throw new IllegalStateException(
            "state of a Destination has version "
                + found
                + ", but this gateway reads "
                + version
                + "; start the gateway that wrote it");
      }
    }

    long number() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte group = bytes.get();
        value |= (long) (group & 0x7f) << shift;
        if (group >= 0) {
          return value;
        }
      }
    }

    String text() {
      byte[] utf8 = new byte[(int) number()];
      bytes.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }

    List<OffsetRange> ranges() {
      long count = number();
      List<OffsetRange> ranges = new ArrayList<>();
      long before = 0;
      for (long i = 0; i < count; i++) {
        long first = before + number();
        before = first + number() - 1;
        ranges.add(new OffsetRange(first, before));
      }
      return ranges;
    }
  }
}
