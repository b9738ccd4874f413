package city.mycelium.dialect.sparkplug.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What an edge node has to remember (docs/connect-sparkplug.md). For one thread; written whole
 * after each step. Of bytes that it did not write it makes a node that has never spoken.
 */
final class Memory {

  private static final int VERSION = 1;

  /** What a birth tells is bounded, so that the state is; the eldest go. */
  private static final int MOST_METRICS = 1_000;

  private static final int MOST_FAILED = 50;

  /** {@code bdSeq} of the next connection: its will has it already (6.4.19). */
  int nextBirth;

  /** {@code bdSeq} of this connection. */
  int birth;

  /** {@code seq} of the next message. */
  int sequence;

  /** Whether the births of this connection were sent. */
  boolean born;

  /** Whether the primary host is there; and since when it says so. */
  boolean hostOnline;

  long hostSince;

  /** The last time that the dialect was told. */
  long now;

  /** What was ever sent: by device and metric, with its type. */
  final Map<Key, Known> metrics = new LinkedHashMap<>();

  /** Flights of which a message did not get out: what comes after it proves nothing. */
  final Set<String> failed = new LinkedHashSet<>();

  /** One metric of one device. */
  record Key(String device, String metric) {}

  /**
   * What is known of it.
   *
   * @param datastream that it says something of
   * @param type of its values
   * @param unit for a person and a host; empty if there is none
   * @param last its newest time
   */
  record Known(String datastream, DataType type, String unit, long last) {}

  static Memory of(byte[] state) {
    Memory memory = new Memory();
    if (state.length < 5 || checksum(state, 4) != leading(state)) {
      return memory;
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(state, 4, state.length - 4))) {
      if (in.readByte() != VERSION) {
        return memory;
      }
      memory.nextBirth = in.readUnsignedByte();
      memory.birth = in.readUnsignedByte();
      memory.sequence = in.readUnsignedByte();
      memory.born = in.readBoolean();
      memory.hostOnline = in.readBoolean();
      memory.hostSince = in.readLong();
      memory.now = in.readLong();
      for (int rest = in.readInt(); rest > 0; rest--) {
        Key key = new Key(in.readUTF(), in.readUTF());
        memory.metrics.put(
            key,
            new Known(
                in.readUTF(),
                DataType.of(in.readByte()).orElse(DataType.STRING),
                in.readUTF(),
                in.readLong()));
      }
      for (int rest = in.readInt(); rest > 0; rest--) {
        memory.failed.add(in.readUTF());
      }
      return memory;
    } catch (IOException e) { // not what this version writes: begin anew
      return new Memory();
    }
  }

  byte[] toBytes() {
    trim();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0); // room for the checksum
      out.writeByte(VERSION);
      out.writeByte(nextBirth);
      out.writeByte(birth);
      out.writeByte(sequence);
      out.writeBoolean(born);
      out.writeBoolean(hostOnline);
      out.writeLong(hostSince);
      out.writeLong(now);
      out.writeInt(metrics.size());
      for (Map.Entry<Key, Known> each : metrics.entrySet()) {
        out.writeUTF(each.getKey().device());
        out.writeUTF(each.getKey().metric());
        out.writeUTF(each.getValue().datastream());
        out.writeByte(each.getValue().type().code());
        out.writeUTF(each.getValue().unit());
        out.writeLong(each.getValue().last());
      }
      out.writeInt(failed.size());
      for (String flight : failed) {
        out.writeUTF(flight);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    byte[] state = bytes.toByteArray();
    int sum = checksum(state, 4);
    for (int i = 0; i < 4; i++) {
      state[i] = (byte) (sum >>> (24 - 8 * i));
    }
    return state;
  }

  private void trim() {
    while (metrics.size() > MOST_METRICS) {
      metrics.remove(metrics.keySet().iterator().next());
    }
    while (failed.size() > MOST_FAILED) {
      failed.remove(failed.iterator().next());
    }
  }

  /** {@code seq}: 0 to 255 and round again (6.4.3). */
  int takeSequence() {
    int taken = sequence;
    sequence = (sequence + 1) & 0xff;
    return taken;
  }

  /** The metrics of each device, in the order of their names. */
  Map<String, Map<String, Known>> byDevice() {
    Map<String, Map<String, Known>> devices = new TreeMap<>();
    metrics.forEach(
        (key, known) ->
            devices
                .computeIfAbsent(key.device(), device -> new TreeMap<>())
                .put(key.metric(), known));
    return devices;
  }

  private static int leading(byte[] state) {
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum = (sum << 8) | (state[i] & 0xff);
    }
    return sum;
  }

  private static int checksum(byte[] state, int from) {
    CRC32 crc = new CRC32();
    crc.update(state, from, state.length - from);
    return (int) crc.getValue();
  }
}
