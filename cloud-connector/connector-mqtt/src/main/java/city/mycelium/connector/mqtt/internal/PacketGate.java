package city.mycelium.connector.mqtt.internal;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between Paho's client and the bytes of a connection, against traps of Paho 1.2.5 for MQTT
 * 3.1.1 and 5. One thread reads, one writes.
 *
 * <ul>
 *   <li>Nothing is read before something was written: if the broker hangs up before Paho has
 *       started all of its threads, those that it starts afterwards stay for ever.
 *   <li>Paho asks once a second whether something has come, and takes the rest of a length that was
 *       cut there for a new packet: within a packet's head the gate waits on.
 *   <li>Paho makes room for any length that a broker says, up to 256 MB.
 *   <li>Paho for MQTT 5 does not understand a broker that says in MQTT 3.1.1 that it does not speak
 *       MQTT 5.
 * </ul>
 */
final class PacketGate {

  private static final long LONGEST_HOLD_SECONDS = 1;

  /** Of a second each: Paho sets it. */
  private static final int MOST_TIME_OUTS = 10;

  /** MQTT 3.1.1, 2.2.3; MQTT 5, 1.5.5: four bytes of seven bits. */
  private static final int LAST_SHIFT = 21;

  private static final int CONNACK = 0x20;

  /** MQTT 3.1.1, 3.2.1. In MQTT 5 (3.2.2.3) there is at least the length of the properties too. */
  private static final int OLDER_CONNACK_LENGTH = 2;

  private final boolean expectsMqtt5;
  private final int longestPacket;
  private final CountDownLatch spoken = new CountDownLatch(1);
  private final In in;
  private final Out out;

  /**
   * A gate.
   *
   * @param longestPacket what follows the head of a packet that is read, at most, in bytes
   */
  PacketGate(InputStream in, OutputStream out, boolean expectsMqtt5, int longestPacket) {
    this.in = new In(in);
    this.out = new Out(out);
    this.expectsMqtt5 = expectsMqtt5;
    this.longestPacket = longestPacket;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  private final class In extends FilterInputStream {

    /** Of the head that is being read; -1 between packets. */
    private int type = -1;

    private int length;
    private int shift;

    /** Of the packet whose head has been read. */
    private int rest;

    In(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      hold();
      if (rest > 0) {
        int b = in.read();
        rest--;
        return b;
      }
      return readHead();
    }

    private int readHead() throws IOException {
      if (type < 0) {
        type = in.read();
        length = 0;
        shift = 0;
        return type;
      }
      int b = readPatiently();
      if (b < 0) {
        return b;
      }
      length |= (b & 0x7f) << shift;
      shift += 7;
      if ((b & 0x80) == 0 || shift > LAST_SHIFT) {
        judge();
        rest = length;
        type = -1;
      }
      return b;
    }

    private void judge() throws PeerException {
      if (expectsMqtt5 && type == CONNACK && length == OLDER_CONNACK_LENGTH) {
        throw PeerException.older();
      }
      if (length > longestPacket) {
        throw new PeerException(
            "sends a message of "
                + length
                + " bytes, or what is not MQTT: it may have at most "
                + longestPacket
                + " bytes; if it is a retained one, remove it there");
      }
    }

    private int readPatiently() throws IOException {
      for (int i = 0; i < MOST_TIME_OUTS; i++) {
        try {
          return in.read();
        } catch (SocketTimeoutException e) {
          // The rest is on its way.
        }
      }
      throw new PeerException("has fallen silent within a message");
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      if (most == 0) {
        return 0;
      }
      hold();
      if (rest == 0) {
        int b = readHead();
        if (b < 0) {
          return -1;
        }
        bytes[from] = (byte) b;
        return 1;
      }
      int count = in.read(bytes, from, Math.min(most, rest));
      rest -= Math.max(0, count);
      return count;
    }

    @Override
    public int available() throws IOException {
      return spoken.getCount() == 0 ? in.available() : 0;
    }

    /** Paho reads with a time-out of a second and tries again after it. */
    private void hold() throws IOException {
      try {
        if (!spoken.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
          throw new SocketTimeoutException("CONNECT is not yet written");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before CONNECT was written");
      }
    }
  }

  private final class Out extends FilterOutputStream {

    Out(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      try {
        out.write(b);
      } finally {
        spoken.countDown();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } finally {
        spoken.countDown();
      }
    }
  }
}
