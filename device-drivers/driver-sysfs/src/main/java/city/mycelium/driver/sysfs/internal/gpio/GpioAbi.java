package city.mycelium.driver.sysfs.internal.gpio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The structures of the GPIO character device, version 2, as bytes. Pure.
 *
 * <p>Source: Linux 5.10 and newer, include/uapi/linux/gpio.h. The structures are laid out alike for
 * 32 and 64 bits (its comments at GPIO_MAX_NAME_SIZE and GPIO_V2_LINES_MAX); the numbers of the
 * requests hold for x86 and ARM (asm-generic/ioctl.h).
 */
final class GpioAbi {

  /** GPIO_GET_CHIPINFO_IOCTL, struct gpiochip_info. */
  static final long GET_CHIPINFO = 0x8044B401L;

  /** GPIO_V2_GET_LINEINFO_IOCTL, struct gpio_v2_line_info. */
  static final long GET_LINEINFO = 0xC100B405L;

  /** GPIO_V2_GET_LINE_IOCTL, struct gpio_v2_line_request. */
  static final long GET_LINE = 0xC250B407L;

  /** GPIO_V2_LINE_GET_VALUES_IOCTL, struct gpio_v2_line_values. */
  static final long GET_VALUES = 0xC010B40EL;

  static final int CHIPINFO_BYTES = 68;
  static final int LINEINFO_BYTES = 256;
  static final int VALUES_BYTES = 16;
  static final int EVENT_BYTES = 48;

  /** As many events as the kernel keeps for one line at most: GPIO_V2_LINES_MAX times 16. */
  static final int EVENTS_KEPT = 1024;

  private static final int REQUEST_BYTES = 592;
  private static final int NAME_BYTES = 32;

  // struct gpio_v2_line_request; config is a struct gpio_v2_line_config.
  private static final int REQUEST_CONSUMER = 256;
  private static final int REQUEST_FLAGS = 288;
  private static final int REQUEST_NUM_ATTRS = 296;
  private static final int REQUEST_ATTR_ID = 320;
  private static final int REQUEST_ATTR_VALUE = 328;
  private static final int REQUEST_ATTR_MASK = 336;
  private static final int REQUEST_NUM_LINES = 560;
  private static final int REQUEST_EVENT_BUFFER_SIZE = 564;
  private static final int REQUEST_FD = 588;

  // enum gpio_v2_line_flag.
  private static final long ACTIVE_LOW = 1L << 1;
  private static final long INPUT = 1L << 2;
  private static final long EDGE_RISING = 1L << 4;
  private static final long PULL_UP = 1L << 8;
  private static final long PULL_DOWN = 1L << 9;
  private static final long BIAS_DISABLED = 1L << 10;

  /** GPIO_V2_LINE_ATTR_ID_DEBOUNCE. */
  private static final int DEBOUNCE = 3;

  // struct gpio_v2_line_info.
  private static final int LINEINFO_OFFSET = 64;

  // struct gpio_v2_line_event.
  private static final int EVENT_LINE_SEQNO = 20;

  private GpioAbi() {}

  /** A request for one line. */
  static byte[] request(int offset, LineRequest wanted) {
    ByteBuffer to = ByteBuffer.allocate(REQUEST_BYTES).order(ByteOrder.nativeOrder());
    to.putInt(0, offset);
    byte[] consumer = wanted.consumer().getBytes(StandardCharsets.US_ASCII);
    to.position(REQUEST_CONSUMER).put(consumer, 0, Math.min(consumer.length, NAME_BYTES - 1));
    to.putLong(REQUEST_FLAGS, flags(wanted));
    if (wanted.debounceMicros() > 0) {
      to.putInt(REQUEST_NUM_ATTRS, 1);
      to.putInt(REQUEST_ATTR_ID, DEBOUNCE);
      to.putInt(REQUEST_ATTR_VALUE, wanted.debounceMicros());
      to.putLong(REQUEST_ATTR_MASK, 1);
    }
    to.putInt(REQUEST_NUM_LINES, 1);
    if (wanted.withEdges()) {
      to.putInt(REQUEST_EVENT_BUFFER_SIZE, EVENTS_KEPT);
    }
    return to.array();
  }

  private static long flags(LineRequest wanted) {
    long bias =
        switch (wanted.bias()) {
          case PULL_UP -> PULL_UP;
          case PULL_DOWN -> PULL_DOWN;
          case NONE -> BIAS_DISABLED;
          case AS_IS -> 0;
        };
    return INPUT
        | bias
        | (wanted.activeLow() ? ACTIVE_LOW : 0)
        | (wanted.withEdges() ? EDGE_RISING : 0);
  }

  /** The descriptor of the line in a request that was granted. */
  static int descriptor(byte[] request) {
    return in(request).getInt(REQUEST_FD);
  }

  /** The label of a chip. */
  static String label(byte[] chipinfo) {
    return name(chipinfo, NAME_BYTES);
  }

  /** How many lines a chip has. */
  static int lines(byte[] chipinfo) {
    return in(chipinfo).getInt(2 * NAME_BYTES);
  }

  /** A question about a line, to be filled in. */
  static byte[] lineinfo(int offset) {
    byte[] lineinfo = new byte[LINEINFO_BYTES];
    in(lineinfo).putInt(LINEINFO_OFFSET, offset);
    return lineinfo;
  }

  /** What a line is called; may be empty. */
  static String lineName(byte[] lineinfo) {
    return name(lineinfo, 0);
  }

  /** Who uses a line; may be empty. */
  static String consumer(byte[] lineinfo) {
    return name(lineinfo, NAME_BYTES);
  }

  /** A question for the value of the first line of a request. */
  static byte[] values() {
    byte[] values = new byte[VALUES_BYTES];
    in(values).putLong(Long.BYTES, 1);
    return values;
  }

  /** Whether the line of the answer is active. */
  static boolean isActive(byte[] values) {
    return (in(values).getLong(0) & 1) != 0;
  }

  /** The events in what was read. */
  static List<Edge> edges(byte[] events, int length) {
    ByteBuffer from = in(events);
    List<Edge> edges = new ArrayList<>();
    for (int at = 0; at + EVENT_BYTES <= length; at += EVENT_BYTES) {
      edges.add(
          new Edge(from.getLong(at), Integer.toUnsignedLong(from.getInt(at + EVENT_LINE_SEQNO))));
    }
    return edges;
  }

  private static ByteBuffer in(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static String name(byte[] structure, int at) {
    int end = at;
    while (end < at + NAME_BYTES && structure[end] != 0) {
      end++;
    }
    return new String(structure, at, end - at, StandardCharsets.UTF_8);
  }
}
