package city.mycelium.emulated.hardware.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The kernel's door for USB-like devices that are programs (Linux, Documentation/hid/uhid.rst,
 * include/uapi/linux/uhid.h): an event per read and per write. Unplugged when it is closed.
 */
public final class Uhid implements AutoCloseable {

  /** Is there once the module uhid is loaded. */
  public static final Path DEVICE = Path.of("/dev/uhid");

  private static final int OUTPUT = 6;
  private static final int CREATE2 = 11;
  private static final int INPUT2 = 12;

  private static final int TYPE_BYTES = 4;
  private static final int DATA_BYTES = 4096;
  private static final int NAME_BYTES = 128;
  private static final int PATH_BYTES = 64;

  /** The largest event: the one that creates a device. */
  private static final int EVENT_BYTES =
      TYPE_BYTES + NAME_BYTES + 2 * PATH_BYTES + 2 * 2 + 4 * 4 + DATA_BYTES;

  private static final short BUS_USB = 3;
  private static final int MICROCHIP = 0x04D8;
  private static final int MCP2221 = 0x00DD;

  /**
   * 64 bytes each way and no report numbers (USB HID 1.11, 6.2.2): vendor page 0xFF00, usage 1, an
   * application with an input of usage 2 and an output of usage 3, each 64 times 8 bits.
   */
  private static final byte[] DESCRIPTOR =
      HexFormat.ofDelimiter(" ")
          .parseHex(
              "06 00 ff 09 01 a1 01 15 00 26 ff 00 75 08 95 40" + " 09 02 81 02 09 03 91 02 c0");

  private final FileChannel device;
  private final Thread thread;

  private Uhid(FileChannel device, Mcp2221 bridge) {
    this.device = device;
    thread = new Thread(() -> serve(bridge), "uhid");
    thread.setDaemon(true);
  }

  /**
   * Plugs a bridge in. For about half a minute the kernel does not hear it, and waits for answers
   * in vain: its driver asks while it does not listen yet. After that the bus works.
   */
  public static Uhid plugIn(Mcp2221 bridge) throws IOException {
    FileChannel device =
        FileChannel.open(DEVICE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    ByteBuffer create = event(CREATE2);
    create.put(text("Emulated MCP2221", NAME_BYTES));
    create.put(text("emulated/0", PATH_BYTES));
    create.put(text("1", PATH_BYTES));
    create.putShort((short) DESCRIPTOR.length).putShort(BUS_USB);
    create.putInt(MICROCHIP).putInt(MCP2221).putInt(0x100).putInt(0);
    create.put(DESCRIPTOR);
    Uhid plugged = new Uhid(device, bridge);
    plugged.send(create);
    plugged.thread.start();
    return plugged;
  }

  private void serve(Mcp2221 bridge) {
    try {
      while (true) {
        ByteBuffer event = ByteBuffer.allocate(EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (device.read(event) < TYPE_BYTES || event.getInt(0) != OUTPUT) {
          continue; // started, opened, closed, stopped: nothing to do
        }
        byte[] report = new byte[event.getShort(TYPE_BYTES + DATA_BYTES) & 0xffff];
        event.get(TYPE_BYTES, report);
        byte[] answer = bridge.answer(report);
        send(event(INPUT2).putShort((short) answer.length).put(answer));
      }
    } catch (ClosedChannelException e) {
      // Unplugged.
    } catch (IOException e) {
      System.err.println("the emulated bridge is gone: " + e.getMessage());
    }
  }

  private void send(ByteBuffer event) throws IOException {
    device.write(event.rewind().limit(EVENT_BYTES));
  }

  private static ByteBuffer event(int type) {
    return ByteBuffer.allocate(EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(type);
  }

  private static byte[] text(String text, int bytes) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), bytes);
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
