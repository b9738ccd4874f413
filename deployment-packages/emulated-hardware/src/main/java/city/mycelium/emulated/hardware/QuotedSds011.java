package city.mycelium.emulated.hardware;

import city.mycelium.simulator.serial.SerialChip;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * A dust sensor that answers each query with the report that its maker prints: PM2.5 123.6 and PM10
 * 261.8 µg/m³. For one thread at a time.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3, command 4 (query data).
 */
final class QuotedSds011 implements SerialChip {

  private static final byte[] REPORT = HexFormat.of().parseHex("aac0d4043a0aa1601dab");
  private static final int COMMAND_BYTES = 19;
  private static final int HEAD = 0xAA;
  private static final int QUERY = 4;

  private final byte[] command = new byte[COMMAND_BYTES];
  private int heard;

  @Override
  public byte[] hear(byte[] bytes, long epochMillis) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (byte one : bytes) {
      if (heard == 0 && (one & 0xff) != HEAD) {
        continue;
      }
      command[heard++] = one;
      if (heard == COMMAND_BYTES) {
        heard = 0;
        if (command[2] == QUERY) {
          answer.writeBytes(REPORT);
        }
      }
    }
    return answer.toByteArray();
  }

  /** It speaks when it is asked, and only then. */
  @Override
  public byte[] eachSecond(long epochMillis) {
    return new byte[0];
  }
}
