package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.time.Duration;

/**
 * Modbus TCP (Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3): a header of transaction,
 * protocol, length and unit. An answer says which question it is for; late ones and second ones are
 * passed over.
 */
final class TcpFraming implements Framing {

  private static final int HEADER = 7;
  private static final int LAST_TRANSACTION = 0xFFFF;

  /** Longest function and data (Application Protocol V1.1b3, 4.1). */
  private static final int MOST_BYTES = 253;

  private final Clock clock;
  private int transaction;

  TcpFraming(Clock clock) {
    this.clock = clock;
  }

  @Override
  public byte[] ask(SerialLine line, int unit, byte[] question, Duration atMost)
      throws Silence, DeviceException, IOException {
    transaction = transaction == LAST_TRANSACTION ? 1 : transaction + 1;
    byte[] message = new byte[HEADER + question.length];
    put(message, 0, transaction);
    put(message, 4, 1 + question.length);
    message[6] = (byte) unit;
    System.arraycopy(question, 0, message, HEADER, question.length);
    line.write(message);
    long end = clock.monotonicNanos() + atMost.toNanos();
    while (true) {
      byte[] header = read(line, HEADER, end);
      int length = number(header, 4) - 1;
      if (number(header, 2) != 0 || length < Question.REFUSAL_BYTES || length > MOST_BYTES) {
        throw DeviceException.corrupt(
            "what answers does not speak Modbus TCP: check host and tcpPort; if it is a serial"
                + " device server that passes RTU frames on, set rtuOverTcp to true");
      }
      byte[] answer = read(line, length, end);
      if (number(header, 0) == transaction) {
        if ((header[6] & 0xFF) != unit) {
          throw DeviceException.corrupt(
              "unit "
                  + (header[6] & 0xFF)
                  + " answered when unit "
                  + unit
                  + " was asked: set unitId to the one that answers, if it is the right device");
        }
        if (!Question.fits(question, answer)) {
          throw DeviceException.corrupt(
              "the answer is of another function or length than the question: a defect of the"
                  + " device, or of a gateway in between");
        }
        return answer;
      }
    }
  }

  private byte[] read(SerialLine line, int count, long end) throws Silence, IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      long left = end - clock.monotonicNanos();
      byte[] part = new byte[count - have];
      int n = left <= 0 ? 0 : line.read(part, Duration.ofNanos(left));
      if (n == 0) {
        throw new Silence();
      }
      System.arraycopy(part, 0, bytes, have, n);
      have += n;
    }
    return bytes;
  }

  private static void put(byte[] bytes, int at, int number) {
    bytes[at] = (byte) (number >> 8);
    bytes[at + 1] = (byte) number;
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
