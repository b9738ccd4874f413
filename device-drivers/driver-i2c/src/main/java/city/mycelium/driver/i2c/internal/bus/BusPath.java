package city.mycelium.driver.i2c.internal.bus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a chip is: a bus of Linux, and the multiplexers on the way. Written {@code /dev/i2c-1} or
 * {@code /dev/i2c-1/mux@0x70/3/mux@0x71/0}.
 *
 * @param root the bus, below {@code /dev}
 * @param way from the root on; empty if the chip is on the root itself
 */
public record BusPath(Path root, List<Hop> way) {

  private static final String MUX = "mux@";
  private static final Pattern HOP = Pattern.compile("/mux@(0x[0-9a-fA-F]{1,2})/([0-9]{1,3})");

  /** TI SCPS207, "Device address": 0x70 plus what pins A2 to A0 say. */
  private static final int FIRST_MUX = 0x70;

  private static final int LAST_MUX = 0x77;
  private static final int CHANNELS = 8;

  public BusPath {
    way = List.copyOf(way);
  }

  /**
   * One channel of a multiplexer TCA9548A (or PCA9548A, which is the same in this).
   *
   * @param address 0x70 to 0x77
   * @param channel 0 to 7
   */
  public record Hop(int address, int channel) {

    @Override
    public String toString() {
      return "/" + MUX + BusPath.address(address) + "/" + channel;
    }
  }

  /**
   * Reads a bus as it is written in a configuration.
   *
   * @throws IllegalArgumentException if it is none; the message says what is one
   */
  public static BusPath parse(String text) {
    String trimmed = text.strip();
    int mux = trimmed.indexOf("/" + MUX);
    String root = mux < 0 ? trimmed : trimmed.substring(0, mux);
    if (!root.matches("/dev/[^\\s\\x00]+") || root.endsWith("/") || root.contains("..")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no bus: say /dev/i2c-1, or /dev/i2c-1/mux@0x70/3 for channel 3 of a"
              + " multiplexer at 0x70 (buses here: `ls /dev/i2c-*`)");
    }
    return new BusPath(Path.of(root), mux < 0 ? List.of() : way(trimmed.substring(mux), text));
  }

  private static List<Hop> way(String rest, String text) {
    List<Hop> way = new ArrayList<>();
    Matcher hop = HOP.matcher(rest);
    int end = 0;
    while (hop.find() && hop.start() == end) {
      end = hop.end();
      int address = Integer.decode(hop.group(1));
      int channel = Integer.parseInt(hop.group(2));
      if (address < FIRST_MUX || address > LAST_MUX || channel >= CHANNELS) {
        throw new IllegalArgumentException(
            "'"
                + hop.group()
                + "' in '"
                + text
                + "' cannot be: a TCA9548A has an address from 0x70 to 0x77 and channels 0 to 7");
      }
      if (way.stream().anyMatch(before -> before.address() == address)) {
        throw new IllegalArgumentException(
            "multiplexers one behind the other cannot have one address, as in '"
                + text
                + "': change the address pins of one of them");
      }
      way.add(new Hop(address, channel));
    }
    if (end != rest.length()) {
      throw new IllegalArgumentException(
          "'"
              + rest.substring(end)
              + "' in '"
              + text
              + "' makes no sense: a channel is written /mux@0x70/3");
    }
    return way;
  }

  /** An address as people write it: {@code 0x44}. */
  public static String address(int address) {
    return "0x%02x".formatted(address);
  }

  @Override
  public String toString() {
    return root + way.stream().map(Hop::toString).collect(Collectors.joining());
  }
}
