package city.mycelium.emulated.hardware.bridge;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bridge as a state machine over its HID reports: one comes, one goes. I²C, and four pins that
 * are wired to something; nothing of what a host sets up is kept. For one thread.
 *
 * <p>Source: Microchip DS20005565, "MCP2221A", 3.1 (HID commands and responses).
 */
public final class Mcp2221 {

  /** Bytes of a report in either direction. */
  static final int REPORT_BYTES = 64;

  private static final int STATUS_OR_PARAMETERS = 0x10;
  private static final int GET_I2C_DATA = 0x40;
  private static final int SET_PINS = 0x50;
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
  private static final byte INPUT = 1;

  /** Of each pin in a report that sets them: whether and to what, value and direction. */
  private static final int BYTES_PER_SET_PIN = 4;

  private final Map<Integer, I2cTarget> bus;
  private final Set<Integer> highPins;

  private byte[] outgoing = new byte[0];
  private int outgoingCount;
  private byte[] incoming = new byte[0];
  private boolean refused;

  /**
   * A bridge that was just plugged in.
   *
   * @param bus its chips by their addresses of seven bits
   * @param highPins those of its pins 0 to 3 at which there is a voltage
   */
  public Mcp2221(Map<Integer, I2cTarget> bus, Set<Integer> highPins) {
    this.bus = Map.copyOf(bus);
    this.highPins = Set.copyOf(highPins);
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
      case SET_PINS -> System.arraycopy(command, 2, answer, 2, PINS * BYTES_PER_SET_PIN);
      case GET_PINS -> pins(answer);
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

  private void pins(byte[] answer) {
    for (int pin = 0; pin < PINS; pin++) {
      answer[2 + 2 * pin] = (byte) (highPins.contains(pin) ? 1 : 0);
      answer[3 + 2 * pin] = INPUT;
    }
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
