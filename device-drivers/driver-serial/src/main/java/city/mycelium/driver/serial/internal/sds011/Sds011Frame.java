package city.mycelium.driver.serial.internal.sds011;

import city.mycelium.api.device.Scan;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame of 10 bytes from the sensor: head, kind, 6 data bytes, checksum, tail.
 *
 * <p>Source: Nova Fitness, "Laser Dust Sensor Control Protocol" V1.3 (2015), here "LDSCP".
 *
 * @param kind {@link #DATA} or {@link #ANSWER}
 * @param data the 6 data bytes, each 0 to 255; the last two are the sensor's own id
 */
record Sds011Frame(int kind, List<Integer> data) {

  /** LDSCP 3.2: the answer to a query, and what the sensor reports of its own accord. */
  static final int DATA = 0xC0;

  /** LDSCP 3.1, 3.4, 3.5: the answer to any other command. */
  static final int ANSWER = 0xC5;

  /** LDSCP 1, data packet: head. */
  private static final int HEAD = 0xAA;

  /** LDSCP 1, data packet: tail. */
  private static final int TAIL = 0xAB;

  /** LDSCP 3.2, the sensor's frame: head, kind, data 1 to 6, checksum, tail. */
  private static final int BYTES = 10;

  private static final int DATA_FROM = 2;
  private static final int DATA_TO = 8;

  Sds011Frame {
    data = List.copyOf(data);
  }

  /** PM2.5 in tenths of ug/m3, low byte first (LDSCP 3.2, data bytes 1 and 2). */
  int pm25Tenths() {
    return data.get(0) + 256 * data.get(1);
  }

  /** PM10 in tenths of ug/m3, low byte first (LDSCP 3.2, data bytes 3 and 4). */
  int pm10Tenths() {
    return data.get(2) + 256 * data.get(3);
  }

  /** The sensor's own id, as it is printed in LDSCP: data byte 5 first. */
  int chip() {
    return 256 * data.get(4) + data.get(5);
  }

  /**
   * Finds the frames in a piece of the stream. Where something looks like a head and proves to be
   * none, it goes on with the next byte: a head inside garbage cannot swallow the frame behind it.
   */
  static Scan<Sds011Frame> scan(byte[] bytes) {
    List<Sds011Frame> frames = new ArrayList<>();
    int at = 0;
    int noise = 0;
    while (at < bytes.length && !isUnfinished(bytes, at)) {
      if (isFrame(bytes, at)) {
        frames.add(read(bytes, at));
        at += BYTES;
      } else {
        noise++;
        at++;
      }
    }
    return new Scan<>(frames, at, noise);
  }

  private static boolean isUnfinished(byte[] bytes, int at) {
    return bytes.length - at < BYTES && begins(bytes, at);
  }

  private static boolean begins(byte[] bytes, int at) {
    return octet(bytes, at) == HEAD
        && (at + 1 == bytes.length
            || octet(bytes, at + 1) == DATA
            || octet(bytes, at + 1) == ANSWER);
  }

  private static boolean isFrame(byte[] bytes, int at) {
    return begins(bytes, at)
        && octet(bytes, at + DATA_TO) == checksum(bytes, at)
        && octet(bytes, at + BYTES - 1) == TAIL;
  }

  /** LDSCP 1: the low 8 bits of the sum of the data bytes. */
  private static int checksum(byte[] bytes, int at) {
    int sum = 0;
    for (int i = at + DATA_FROM; i < at + DATA_TO; i++) {
      sum += octet(bytes, i);
    }
    return sum & 0xff;
  }

  private static Sds011Frame read(byte[] bytes, int at) {
    List<Integer> data = new ArrayList<>();
    for (int i = at + DATA_FROM; i < at + DATA_TO; i++) {
      data.add(octet(bytes, i));
    }
    return new Sds011Frame(octet(bytes, at + 1), data);
  }

  private static int octet(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }
}
