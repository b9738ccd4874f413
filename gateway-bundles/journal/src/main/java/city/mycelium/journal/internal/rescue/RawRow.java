package city.mycelium.journal.internal.rescue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table as its bytes say (SQLite, "Database File Format", 2.1), whatever table it was
 * of. Whoever asks for a column that is of another type gets nothing. Immutable.
 */
public final class RawRow {

  private static final int MOST_COLUMNS = 20;

  private final long key;
  private final List<Object> columns;

  /** Stands for a NULL, which is also what the column of the row id is stored as. */
  private static final Object NULL = new Object();

  private RawRow(long key, List<Object> columns) {
    this.key = key;
    this.columns = columns;
  }

  /** Reads a record; nothing if it is none. */
  static @Nullable RawRow of(long key, byte[] record) {
    try {
      ByteBuffer header = ByteBuffer.wrap(record);
      long headerBytes = varint(header);
      if (headerBytes < 1 || headerBytes > record.length) {
        return null;
      }
      ByteBuffer body = ByteBuffer.wrap(record);
      body.position((int) headerBytes);
      header.limit((int) headerBytes);
      List<Object> columns = new ArrayList<>();
      while (header.hasRemaining()) {
        if (columns.size() == MOST_COLUMNS) {
          return null;
        }
        columns.add(value(varint(header), body));
      }
      return body.hasRemaining() ? null : new RawRow(key, columns);
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      return null; // it is no record, or no longer
    }
  }

  private static Object value(long type, ByteBuffer body) {
    if (type == 0) {
      return NULL;
    }
    if (type <= 6) {
      int length = type <= 4 ? (int) type : type == 5 ? 6 : 8;
      long value = body.get();
      for (int i = 1; i < length; i++) {
        value = (value << 8) | (body.get() & 0xFF);
      }
      return value;
    }
    if (type == 8 || type == 9) {
      return type - 8;
    }
    if (type < 12 || (type - 12) / 2 > body.remaining()) {
      throw new IllegalArgumentException("no such type is written here");
    }
    byte[] bytes = new byte[(int) ((type - 12) / 2)];
    body.get(bytes);
    return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = bytes.get() & 0xFF;
      value = (value << 7) | (next & 0x7F);
      if (next < 0x80) {
        return value;
      }
    }
    return (value << 8) | (bytes.get() & 0xFF);
  }

  /** The row id. */
  public long key() {
    return key;
  }

  public int size() {
    return columns.size();
  }

  public @Nullable Long number(int column) {
    return columns.get(column) instanceof Long number ? number : null;
  }

  public @Nullable String text(int column) {
    return columns.get(column) instanceof String text ? text : null;
  }

  public byte @Nullable [] bytes(int column) {
    return columns.get(column) instanceof byte[] bytes ? bytes : null;
  }
}
