package city.mycelium.system.tests;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A message of Protocol Buffers as Google's library reads it, field by number: none of our code.
 *
 * @param of the message
 */
record Fields(UnknownFieldSet of) {

  private static final int GZIP = 0x1f;

  /** Reads a payload, zipped or not. */
  static Fields read(byte[] payload) throws IOException {
    return new Fields(UnknownFieldSet.parseFrom(unzipped(payload)));
  }

  private static byte[] unzipped(byte[] payload) throws IOException {
    if (payload.length < 2 || (payload[0] & 0xff) != GZIP) {
      return payload;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      return in.readAllBytes();
    }
  }

  List<Fields> messages(int number) {
    return of.getField(number).getLengthDelimitedList().stream().map(Fields::message).toList();
  }

  private static Fields message(ByteString bytes) {
    try {
      return new Fields(UnknownFieldSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  String text(int number) {
    return of.getField(number).getLengthDelimitedList().get(0).toStringUtf8();
  }

  long integer(int number) {
    return of.getField(number).getVarintList().get(0);
  }

  boolean has(int number) {
    return of.hasField(number);
  }

  double number(int number) {
    return Double.longBitsToDouble(of.getField(number).getFixed64List().get(0));
  }
}
