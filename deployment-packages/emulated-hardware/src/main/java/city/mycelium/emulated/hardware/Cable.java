package city.mycelium.emulated.hardware;

import city.mycelium.simulator.serial.SerialChip;
import city.mycelium.testkit.PseudoTerminal;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A cable with a chip at its end that speaks when it is spoken to. The chip lives in a thread of
 * its own until the cable is pulled out.
 */
final class Cable implements AutoCloseable {

  private static final int CHUNK_BYTES = 256;

  /** What pulls it out. */
  interface Plug {
    void pull() throws IOException;
  }

  private final Plug plug;

  private Cable(Plug plug) {
    this.plug = plug;
  }

  /**
   * Plugs a chip into a USB adapter of QEMU: to the guest the adapter is there as long as somebody
   * is at the other end of its socket.
   */
  static Cable usb(Path socket, SerialChip chip) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    return plug(channel, channel, chip, channel::close);
  }

  /** Plugs a chip into a pseudo-terminal. */
  static Cable terminal(PseudoTerminal terminal, SerialChip chip) {
    return plug(
        Channels.newChannel(terminal.input()),
        Channels.newChannel(terminal.output()),
        chip,
        terminal::close);
  }

  private static Cable plug(
      ReadableByteChannel from, WritableByteChannel to, SerialChip chip, Plug plug) {
    Thread thread = new Thread(() -> live(from, to, chip), "cable");
    thread.setDaemon(true);
    thread.start();
    return new Cable(plug);
  }

  private static void live(ReadableByteChannel from, WritableByteChannel to, SerialChip chip) {
    ByteBuffer heard = ByteBuffer.allocate(CHUNK_BYTES);
    try {
      while (from.read(heard.clear()) >= 0) {
        byte[] bytes = Arrays.copyOf(heard.array(), heard.position());
        // The chip on these cables has no sense of time.
        ByteBuffer answer = ByteBuffer.wrap(chip.hear(bytes, 0));
        while (answer.hasRemaining()) {
          to.write(answer);
        }
      }
    } catch (IOException e) {
      // Pulled out, or the guest went off.
    }
  }

  @Override
  public void close() throws IOException {
    plug.pull();
  }
}
