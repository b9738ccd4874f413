package city.mycelium.journal.internal;

import city.mycelium.api.observation.DatastreamId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * All names of Datastreams by their numbers, in one row and {@link Sealed}. They stand in a table
 * of their own as well; but without its name no block can be read, and with another's it would be
 * read wrongly. Pure.
 */
final class NameList {

  private NameList() {}

  static byte[] toBytes(Map<Integer, DatastreamId> names) {
    ByteSink body = new ByteSink(names.size() * 32);
    new TreeMap<>(names)
        .forEach(
            (number, name) -> {
              byte[] text = name.value().getBytes(StandardCharsets.US_ASCII);
              body.varint(number);
              body.varint(text.length);
              body.bytes(text);
            });
    return Sealed.seal(body.toByteArray());
  }

  static Map<Integer, DatastreamId> fromBytes(byte[] bytes) throws DamagedBlockException {
    ByteSource body = Sealed.open(bytes);
    Map<Integer, DatastreamId> names = new TreeMap<>();
    while (body.remaining() > 0) {
      int number = body.varint(1, Dictionary.MAX_NUMBER, "a datastream's number");
      int length = body.varint(1, body.remaining(), "the length of a name");
      names.put(
          number, new DatastreamId(new String(body.bytes(length), StandardCharsets.US_ASCII)));
    }
    return names;
  }
}
