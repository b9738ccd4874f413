package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bridge as a state machine over its HID reports: one comes, one goes. I²C only; its pins and
 * its memory answer as those of a part that nobody has set up. For one thread.
 *
 * <p>Source: Microchip DS20005565, "MCP2221A", 3.1 (HID commands and responses).
 */
public final class Mcp2221 {

  /** Bytes of a report in either direction. */
  static final int REPORT_BYTES = 64;

  private static final int STATUS_OR_PARAMETERS = 0x10;
  private static final int GET_I2C_DATA = 0x40;
  private static final int GET_PINS = 0x51;
  private static final int WRITE = 0x90;
  private static final int READ = 0x91;
  private static final int READ_AFTER_REPEATED_START = 0x93;
  private static final int WRITE_WITHOUT_STOP = 0x94;

  private static final int CANCEL = 0x10;
  private static final int SET_SPEED = 0x20;

  /** Where a status report says that the address was not acknowledged. */
  private static final int ACKNOWLEDGE_AT = 20;

  private static final int NOT_ACKNOWLEDGED = 0x40;
  private static final int ADDRESS_NOT_ACKNOWLEDGED = 0x25;
  private static final int READ_COMPLETE = 0x55;

  /** Of a report that carries data: command, length (2), address; or command and three of state. */
  private static final int HEADER_BYTES = 4;

  private static final int CHUNK_BYTES = REPORT_BYTES - HEADER_BYTES;
  private static final int PINS = 4;
  private static final int PIN_IS_NO_GPIO = 0xEE;

  private final Map<Integer, I2cTarget> bus;

  private byte[] outgoing = new byte[0];
  private int outgoingCount;
  private byte[] incoming = new byte[0];
  private boolean refused;

  /**
   * A bridge that was just plugged in.
   *
   * @param bus its chips by their addresses of seven bits
   */
  public Mcp2221(Map<Integer, I2cTarget> bus) {
    this.bus = Map.copyOf(bus);
  }

  /** What it answers to a report. */
  byte[] answer(byte[] report) {
    byte[] command = Arrays.copyOf(report, REPORT_BYTES);
    byte[] answer = new byte[REPORT_BYTES];
    answer[0] = command[0];
    switch (command[0] & 0xff) {
      case STATUS_OR_PARAMETERS -> status(command, answer);
      case WRITE, WRITE_WITHOUT_STOP -> write(command);
      case READ, READ_AFTER_REPEATED_START -> read(command);
      case GET_I2C_DATA -> handOver(answer);
      case GET_PINS -> Arrays.fill(answer, 2, 2 + 2 * PINS, (byte) PIN_IS_NO_GPIO);
      default -> {
        // Taken, and without effect.
      }
    }
    return answer;
  }

  private void status(byte[] command, byte[] answer) {
    if (command[2] == CANCEL) {
      answer[2] = CANCEL;
      refused = false;
      outgoingCount = 0;
    } else if (command[3] == SET_SPEED) {
      answer[3] = SET_SPEED;
      answer[4] = command[4];
    }
    answer[ACKNOWLEDGE_AT] = (byte) (refused ? NOT_ACKNOWLEDGED : 0);
  }

  /** Longer writes come in pieces, each with the length of the whole. */
  private void write(byte[] command) {
    int length = length(command);
    if (outgoingCount == 0) {
      outgoing = new byte[length];
    }
    int piece = Math.min(CHUNK_BYTES, outgoing.length - outgoingCount);
    System.arraycopy(command, HEADER_BYTES, outgoing, outgoingCount, piece);
    outgoingCount += piece;
    if (outgoingCount == outgoing.length) {
      outgoingCount = 0;
      I2cTarget target = target(command);
      refused = target == null || !target.write(outgoing);
    }
  }

  private void read(byte[] command) {
    I2cTarget target = target(command);
    incoming = target == null ? new byte[0] : target.read(length(command));
    refused = target == null || (incoming.length == 0 && length(command) > 0);
  }

  private void handOver(byte[] answer) {
    if (refused) {
      answer[2] = ADDRESS_NOT_ACKNOWLEDGED;
      return;
    }
    int piece = Math.min(CHUNK_BYTES, incoming.length);
    answer[2] = READ_COMPLETE;
    answer[3] = (byte) piece;
    System.arraycopy(incoming, 0, answer, HEADER_BYTES, piece);
    incoming = Arrays.copyOfRange(incoming, piece, incoming.length);
  }

  private static int length(byte[] command) {
    return (command[1] & 0xff) | (command[2] & 0xff) << 8;
  }

  private @Nullable I2cTarget target(byte[] command) {
    return bus.get((command[3] & 0xff) >> 1);
  }
}
