package city.mycelium.dialect.json.internal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The devices that ThingsBoard was told are connected, as the dialect's state. For one thread.
 *
 * <p>Beyond {@value #MOST_BYTES} bytes of names none is remembered: a device that nobody remembers
 * is connected again when it speaks, which does no harm, and never disconnected.
 */
final class ThingsBoardDevices {

  private static final String VERSION = "thingsboard 1\n";
  private static final int MOST_BYTES = 30_000;

  private final Set<String> names = new LinkedHashSet<>();
  private int bytes;

  /** As {@link #toBytes} wrote it; nothing from anything else. */
  static ThingsBoardDevices of(byte[] state) {
    ThingsBoardDevices devices = new ThingsBoardDevices();
    String text = new String(state, StandardCharsets.UTF_8);
    if (text.startsWith(VERSION)) {
      text.lines().skip(1).forEach(devices::add);
    }
    return devices;
  }

  /** Whether it was not remembered before. */
  boolean add(String name) {
    if (names.contains(name)) {
      return false;
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length + 1;
    if (bytes + length <= MOST_BYTES) {
      names.add(name);
      bytes += length;
    }
    return true;
  }

  Set<String> names() {
    return Set.copyOf(names);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder(VERSION);
    names.forEach(name -> text.append(name).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
