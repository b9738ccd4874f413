package city.mycelium.driver.serial.internal.sds011;

/**
 * The commands to one sensor, or to whichever hears them: 19 bytes of head, command id, 15 data
 * bytes, checksum, tail. Immutable.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3 (2015), here "LDSCP".
 */
final class Sds011Commands {

  /** LDSCP 2: the id that every sensor answers to. */
  static final int ANY_CHIP = 0xFFFF;

  /** LDSCP 3.5: the longest working period in minutes; 0 means continuous. */
  static final int LONGEST_PERIOD_MINUTES = 30;

  /** LDSCP 1, data packet of 19 bytes. */
  private static final int BYTES = 19;

  private static final int HEAD = 0xAA;
  private static final int TAIL = 0xAB;

  /** LDSCP 3, command id of everything that the host says. */
  private static final int FROM_HOST = 0xB4;

  /** LDSCP 3.1, data byte 1: set data reporting mode. */
  private static final int REPORTING_MODE = 2;

  /** LDSCP 3.1, data byte 3: report of its own accord. */
  private static final int ACTIVE = 0;

  /** LDSCP 3.1, data byte 3: report when asked. */
  private static final int WHEN_ASKED = 1;

  /** LDSCP 3.2, data byte 1: query data. */
  private static final int QUERY_DATA = 4;

  /** LDSCP 3.4, data byte 1: set sleep and work. */
  private static final int SLEEP_OR_WORK = 6;

  /** LDSCP 3.4, data byte 3. */
  private static final int SLEEP = 0;

  /** LDSCP 3.4, data byte 3. */
  private static final int WORK = 1;

  /** LDSCP 3.5, data byte 1: set working period. */
  private static final int WORKING_PERIOD = 8;

  /** LDSCP 3.1, 3.4, 3.5, data byte 2: 1 sets, 0 asks. */
  private static final int SET = 1;

  private static final int DATA_FROM = 2;
  private static final int CHIP_AT = 15;
  private static final int CHECKSUM_AT = 17;

  private final int chip;

  /**
   * Commands to one sensor.
   *
   * @param chip its id, or {@link #ANY_CHIP}
   */
  Sds011Commands(int chip) {
    if (chip < 0 || chip > 0xFFFF) {
      throw new IllegalArgumentException("a sensor's id has two bytes, not " + chip);
    }
    this.chip = chip;
  }

  /** Report every second. The sensor remembers it without power. */
  byte[] reportOfYourOwnAccord() {
    return command(REPORTING_MODE, SET, ACTIVE);
  }

  /** Report only when asked. The sensor remembers it without power. */
  byte[] reportWhenAsked() {
    return command(REPORTING_MODE, SET, WHEN_ASKED);
  }

  /** Say what you measure now; not to be asked more often than every 3 s. */
  byte[] queryData() {
    return command(QUERY_DATA, 0, 0);
  }

  /** Stop fan and laser. */
  byte[] sleep() {
    return command(SLEEP_OR_WORK, SET, SLEEP);
  }

  /** Start fan and laser; measures well after 30 s. */
  byte[] work() {
    return command(SLEEP_OR_WORK, SET, WORK);
  }

  /**
   * Work 30 s in every so many minutes, or always if 0. The sensor remembers it without power.
   *
   * @param minutes 0 to {@value #LONGEST_PERIOD_MINUTES}
   */
  byte[] workingPeriod(int minutes) {
    if (minutes < 0 || minutes > LONGEST_PERIOD_MINUTES) {
      throw new IllegalArgumentException(
          "a working period has 0 to " + LONGEST_PERIOD_MINUTES + " minutes, not " + minutes);
    }
    return command(WORKING_PERIOD, SET, minutes);
  }

  private byte[] command(int what, int set, int value) {
    byte[] bytes = new byte[BYTES];
    bytes[0] = (byte) HEAD;
    bytes[1] = (byte) FROM_HOST;
    bytes[DATA_FROM] = (byte) what;
    bytes[DATA_FROM + 1] = (byte) set;
    bytes[DATA_FROM + 2] = (byte) value;
    bytes[CHIP_AT] = (byte) (chip >> 8);
    bytes[CHIP_AT + 1] = (byte) chip;
    bytes[CHECKSUM_AT] = checksum(bytes);
    bytes[BYTES - 1] = (byte) TAIL;
    return bytes;
  }

  /** LDSCP 1: the low 8 bits of the sum of the data bytes. */
  private static byte checksum(byte[] bytes) {
    int sum = 0;
    for (int i = DATA_FROM; i < CHECKSUM_AT; i++) {
      sum += bytes[i];
    }
    return (byte) sum;
  }
}
