package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.protobuf.FieldReader;
import city.mycelium.protobuf.MessageWriter;
import city.mycelium.protobuf.ProtobufException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Kura's kurapayload.proto, package kuradatatypes; zipped where that is shorter. */
final class ProtobufForm implements PayloadForm {

  // KuraPayload
  private static final int TIMESTAMP = 1;
  private static final int POSITION = 2;
  private static final int METRIC = 5_000;

  // KuraMetric
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int DOUBLE = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int INT = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;

  // Its ValueType
  private static final int TYPE_DOUBLE = 0;
  private static final int TYPE_INT64 = 2;
  private static final int TYPE_BOOL = 4;
  private static final int TYPE_STRING = 5;

  // KuraPosition
  private static final int LATITUDE = 1;
  private static final int LONGITUDE = 2;
  private static final int ALTITUDE = 3;

  /** RFC 1952, 2.3.1: the first two bytes of what gzip wrote. */
  private static final int[] GZIP = {0x1f, 0x8b};

  /** More is not unpacked: what we write is far below. */
  private static final int MOST_UNPACKED = 1 << 20;

  @Override
  public String mediaType() {
    return "application/x-protobuf";
  }

  @Override
  public byte[] write(KuraPayload payload) {
    byte[] plain = message(payload).toBytes();
    byte[] zipped = zipped(plain);
    return zipped.length < plain.length ? zipped : plain;
  }

  private static MessageWriter message(KuraPayload payload) {
    MessageWriter out = new MessageWriter().whole(TIMESTAMP, payload.timestamp());
    Position position = payload.position();
    if (position != null) {
      MessageWriter place =
          new MessageWriter()
              .number(LATITUDE, position.latitude())
              .number(LONGITUDE, position.longitude());
      Double altitude = position.altitude();
      if (altitude != null) {
        place.number(ALTITUDE, altitude);
      }
      out.message(POSITION, place);
    }
    payload.metrics().forEach((name, value) -> out.message(METRIC, metric(name, value)));
    return out;
  }

  private static MessageWriter metric(String name, Object value) {
    MessageWriter out = new MessageWriter().text(NAME, name);
    if (value instanceof Double number) {
      return out.whole(TYPE, TYPE_DOUBLE).number(DOUBLE, number);
    }
    if (value instanceof Long whole) {
      return out.whole(TYPE, TYPE_INT64).whole(LONG, whole);
    }
    if (value instanceof Boolean truth) {
      return out.whole(TYPE, TYPE_BOOL).truth(BOOL, truth);
    }
    return out.whole(TYPE, TYPE_STRING).text(STRING, String.valueOf(value));
  }

  @Override
  public KuraPayload read(byte[] bytes) throws UnreadableMessageException {
    try {
      return payload(new FieldReader(isZipped(bytes) ? unzipped(bytes) : bytes));
    } catch (ProtobufException | IOException | IllegalArgumentException e) {
      throw new UnreadableMessageException("this is no payload of Kura: " + e.getMessage(), e);
    }
  }

  private static KuraPayload payload(FieldReader in) throws ProtobufException {
    Long timestamp = null;
    Position position = null;
    TreeMap<String, Object> metrics = new TreeMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case TIMESTAMP -> timestamp = in.whole();
        case POSITION -> position = position(in.message());
        case METRIC -> metric(in.message(), metrics);
        default -> {}
      }
    }
    if (timestamp == null) {
      throw new ProtobufException("it has no time");
    }
    return new KuraPayload(timestamp, position, metrics);
  }

  private static Position position(FieldReader in) throws ProtobufException {
    double latitude = 0;
    double longitude = 0;
    Double altitude = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case LATITUDE -> latitude = in.number();
        case LONGITUDE -> longitude = in.number();
        case ALTITUDE -> altitude = in.number();
        default -> {}
      }
    }
    return new Position(latitude, longitude, altitude);
  }

  private static void metric(FieldReader in, Map<String, Object> metrics) throws ProtobufException {
    String name = null;
    @Nullable Object value = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NAME -> name = in.text();
        case DOUBLE, FLOAT -> value = in.number();
        case LONG, INT -> value = in.whole();
        case BOOL -> value = in.truth();
        case STRING -> value = in.text();
        default -> {}
      }
    }
    if (name == null || value == null) {
      throw new ProtobufException("a metric has a name and a value");
    }
    metrics.put(name, value);
  }

  private static boolean isZipped(byte[] bytes) {
    return bytes.length > 2 && (bytes[0] & 0xff) == GZIP[0] && (bytes[1] & 0xff) == GZIP[1];
  }

  private static byte[] zipped(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length);
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream unzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] plain = unzip.readNBytes(MOST_UNPACKED + 1);
      if (plain.length > MOST_UNPACKED) {
        throw new IOException("it unpacks to more than " + MOST_UNPACKED + " bytes");
      }
      return plain;
    }
  }
}
