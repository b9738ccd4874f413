package city.mycelium.simulator.serial;

import city.mycelium.simulator.air.Probe;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The SDS011 dust sensor: reports every second, or when asked, or every few minutes; sleeps and
 * wakes on command; hears only commands that are whole, right and meant for it.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3 (commands 2, 4, 6, 7 and 8;
 * setting another device id is not played).
 */
public final class Sds011 implements SerialChip {

  private static final int HEAD = 0xAA;
  private static final int TAIL = 0xAB;
  private static final int FROM_HOST = 0xB4;
  private static final int REPORT = 0xC0;
  private static final int REPLY = 0xC5;
  private static final int COMMAND_BYTES = 19;

  private static final int REPORTING_MODE = 2;
  private static final int QUERY = 4;
  private static final int SLEEP_OR_WORK = 6;
  private static final int FIRMWARE = 7;
  private static final int WORKING_PERIOD = 8;

  /** V1.3, "Set working period": works 30 s, reports once, sleeps the rest of the period. */
  private static final long WORKS_MILLIS = 30_000;

  private static final int LONGEST_PERIOD_MINUTES = 30;
  private static final int MINUTE_MILLIS = 60_000;

  private final Probe pm25;
  private final Probe pm10;
  private final int id;

  private byte[] heard = new byte[0];
  private boolean onlyWhenAsked;
  private boolean asleep;
  private int workingPeriodMinutes;
  private long periodSince;
  private long reportedAt;

  /**
   * A new chip, reporting every second.
   *
   * @param id two bytes that every frame carries
   */
  public Sds011(Probe pm25, Probe pm10, int id) {
    this.pm25 = pm25;
    this.pm10 = pm10;
    this.id = id;
  }

  @Override
  public byte[] eachSecond(long epochMillis) {
    boolean speaks = !asleep && !onlyWhenAsked && isDue(epochMillis);
    return speaks ? report(epochMillis) : new byte[0];
  }

  private boolean isDue(long epochMillis) {
    if (workingPeriodMinutes == 0) {
      return true;
    }
    long period = (long) workingPeriodMinutes * MINUTE_MILLIS;
    long reportDue =
        (epochMillis - periodSince - WORKS_MILLIS) / period * period + periodSince + WORKS_MILLIS;
    return epochMillis - periodSince >= WORKS_MILLIS && reportedAt < reportDue;
  }

  @Override
  public byte[] hear(byte[] bytes, long epochMillis) {
    heard = join(heard, bytes);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int at = 0;
    while (heard.length - at >= COMMAND_BYTES) {
      if (isCommand(at)) {
        answer.writeBytes(obey(Arrays.copyOfRange(heard, at, at + COMMAND_BYTES), epochMillis));
        at += COMMAND_BYTES;
      } else {
        at++;
      }
    }
    heard = Arrays.copyOfRange(heard, at, heard.length);
    return answer.toByteArray();
  }

  private boolean isCommand(int at) {
    int sum = 0;
    for (int i = at + 2; i < at + 17; i++) {
      sum += heard[i];
    }
    int recipient = ((heard[at + 15] & 0xff) << 8) | (heard[at + 16] & 0xff);
    return (heard[at] & 0xff) == HEAD
        && (heard[at + 1] & 0xff) == FROM_HOST
        && (heard[at + 17] & 0xff) == (sum & 0xff)
        && (heard[at + 18] & 0xff) == TAIL
        && (recipient == 0xffff || recipient == id);
  }

  private byte[] obey(byte[] command, long epochMillis) {
    int what = command[2];
    boolean set = command[3] == 1;
    int value = command[4] & 0xff;
    if (asleep && !(what == SLEEP_OR_WORK && set)) {
      return new byte[0];
    }
    return switch (what) {
      case QUERY -> report(epochMillis);
      case FIRMWARE -> frame(REPLY, what, 15, 7, 10);
      case REPORTING_MODE -> {
        onlyWhenAsked = set ? value == 1 : onlyWhenAsked;
        yield frame(REPLY, what, command[3], onlyWhenAsked ? 1 : 0, 0);
      }
      case SLEEP_OR_WORK -> {
        asleep = set ? value == 0 : asleep;
        yield frame(REPLY, what, command[3], asleep ? 0 : 1, 0);
      }
      case WORKING_PERIOD -> {
        if (set && value <= LONGEST_PERIOD_MINUTES) {
          workingPeriodMinutes = value;
          periodSince = epochMillis;
        }
        yield frame(REPLY, what, command[3], workingPeriodMinutes, 0);
      }
      default -> new byte[0];
    };
  }

  private byte[] report(long epochMillis) {
    reportedAt = epochMillis;
    int fine = tenths(pm25, epochMillis);
    int coarse = tenths(pm10, epochMillis);
    return frame(REPORT, fine & 0xff, fine >> 8, coarse & 0xff, coarse >> 8);
  }

  private static int tenths(Probe probe, long epochMillis) {
    long tenths = Math.round(Double.parseDouble(probe.read(epochMillis, 1)) * 10);
    return (int) Math.min(9_999, tenths); // V1.3: range 0.0 to 999.9 ug/m3
  }

  private byte[] frame(int kind, int... data) {
    byte[] frame = new byte[10];
    frame[0] = (byte) HEAD;
    frame[1] = (byte) kind;
    for (int i = 0; i < 4; i++) {
      frame[2 + i] = (byte) data[i];
    }
    frame[6] = (byte) (id >> 8);
    frame[7] = (byte) id;
    int sum = 0;
    for (int i = 2; i < 8; i++) {
      sum += frame[i];
    }
    frame[8] = (byte) sum;
    frame[9] = (byte) TAIL;
    return frame;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
