package city.mycelium.driver.sysfs.internal.gpio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chips with lines, spoken to in the kernel's structures. The places of the fields are those that
 * offsetof(3) gives for linux/gpio.h.
 */
final class FakeKernel implements Kernel {

  private final Map<String, Chip> chips = new LinkedHashMap<>();
  private final Map<Integer, Object> open = new LinkedHashMap<>();
  private int next = 3;
  private int refusesOpen;
  private int refusesLine;
  private boolean gone;

  private record Chip(String label, List<String> names, Map<Integer, String> consumers) {}

  private static final class OpenLine {
    final Chip chip;
    final int offset;
    final Deque<byte[]> events = new ArrayDeque<>();
    boolean active;

    OpenLine(Chip chip, int offset) {
      this.chip = chip;
      this.offset = offset;
    }
  }

  FakeKernel chip(Path path, String label, String... names) {
    chips.put(path.toString(), new Chip(label, List.of(names), new LinkedHashMap<>()));
    return this;
  }

  FakeKernel uses(Path path, int offset, String consumer) {
    chip(path).consumers.put(offset, consumer);
    return this;
  }

  FakeKernel refusesToOpen(int errno) {
    refusesOpen = errno;
    return this;
  }

  FakeKernel refusesLines(int errno) {
    refusesLine = errno;
    return this;
  }

  void goes() {
    gone = true;
  }

  void active(boolean isActive) {
    line().active = isActive;
  }

  void edge(long nanos, int number) {
    byte[] event = new byte[48];
    in(event).putLong(0, nanos).putInt(8, 1).putInt(16, number).putInt(20, number);
    line().events.add(event);
  }

  /** Descriptors that somebody forgot to close. */
  int descriptors() {
    return open.size();
  }

  private OpenLine line() {
    return open.values().stream()
        .filter(OpenLine.class::isInstance)
        .map(OpenLine.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private Chip chip(Path path) {
    Chip chip = chips.get(path.toString());
    if (chip == null) {
      throw new AssertionError("no chip " + path);
    }
    return chip;
  }

  @Override
  public int open(String path) throws Errno {
    if (refusesOpen != 0) {
      throw new Errno(refusesOpen);
    }
    open.put(next, chip(Path.of(path)));
    return next++;
  }

  @Override
  public void ioctl(int descriptor, long request, byte[] structure) throws Errno {
    Object what = open.get(descriptor);
    if (gone) {
      throw new Errno(Errno.ENODEV);
    }
    ByteBuffer to = in(structure);
    if (what instanceof Chip chip && request == 0x8044B401L) {
      text(to, 32, chip.label);
      to.putInt(64, chip.names.size());
    } else if (what instanceof Chip chip && request == 0xC100B405L) {
      int offset = to.getInt(64);
      text(to, 0, chip.names.get(offset));
      text(to, 32, chip.consumers.getOrDefault(offset, ""));
    } else if (what instanceof Chip chip && request == 0xC250B407L) {
      take(chip, to);
    } else if (what instanceof OpenLine line && request == 0xC010B40EL) {
      to.putLong(0, line.active ? to.getLong(8) : 0);
    } else {
      throw new Errno(Errno.ENOTTY);
    }
  }

  private void take(Chip chip, ByteBuffer request) throws Errno {
    if (refusesLine != 0) {
      throw new Errno(refusesLine);
    }
    int offset = request.getInt(0);
    if (chip.consumers.containsKey(offset)) {
      throw new Errno(Errno.EBUSY);
    }
    byte[] consumer = new byte[32];
    request.position(256).get(consumer);
    chip.consumers.put(offset, new String(consumer, StandardCharsets.US_ASCII).trim());
    open.put(next, new OpenLine(chip, offset));
    request.putInt(588, next++);
  }

  @Override
  public int readWithoutWaiting(int descriptor, byte[] into) throws Errno {
    if (gone) {
      throw new Errno(Errno.ENODEV);
    }
    Deque<byte[]> events = line().events;
    int length = 0;
    while (!events.isEmpty() && length + 48 <= into.length) {
      System.arraycopy(events.remove(), 0, into, length, 48);
      length += 48;
    }
    return length;
  }

  @Override
  public void close(int descriptor) {
    if (open.remove(descriptor) instanceof OpenLine line) {
      line.chip.consumers.remove(line.offset);
    }
  }

  Set<String> consumers() {
    Set<String> all = new TreeSet<>();
    chips.values().forEach(chip -> all.addAll(chip.consumers.values()));
    return all;
  }

  private static void text(ByteBuffer to, int at, String text) {
    to.position(at).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer in(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
