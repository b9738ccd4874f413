package city.mycelium.driver.serial.internal.air;

import city.mycelium.driver.serial.internal.frame.Checksums;
import city.mycelium.driver.serial.internal.frame.FrameSearch.Find;
import city.mycelium.driver.serial.internal.frame.Octets;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Sensirion's framing of commands and answers.
 *
 * <p>Source: Sensirion, "Datasheet SPS30" (March 2020, D1), 5.1 "SHDLC frame layer", here "SPS".
 */
final class Shdlc {

  /** SPS 5.1: begins and ends each frame. */
  private static final int FLAG = 0x7E;

  /** SPS 5.1, table 5: what follows it stands for another octet: that with bit 5 changed. */
  private static final int ESCAPE = 0x7D;

  private static final int CHANGED_BIT = 0x20;

  /** SPS 5.1, table 5: these never stand inside a frame. */
  private static final List<Integer> STUFFED = List.of(FLAG, ESCAPE, 0x11, 0x13);

  /** SPS 5.1.1: the SPS30 always has this address. */
  private static final int ADDRESS = 0;

  /** SPS 5.1: address, command, state and length, before the data. */
  private static final int HEAD_BYTES = 4;

  private static final int MOST_DATA_BYTES = 255;

  /** Every octet between the flags may be stuffed. */
  private static final int LONGEST = 2 * (HEAD_BYTES + MOST_DATA_BYTES + 1) + 2;

  private Shdlc() {}

  /**
   * What the sensor answers.
   *
   * @param command what it answers to
   * @param state 0, or what is wrong: bit 7 with the device, the others with the command
   */
  record Answer(int command, int state, List<Integer> data) {
    Answer {
      data = List.copyOf(data);
    }
  }

  static byte[] command(int command, int... data) {
    byte[] plain = new byte[3 + data.length + 1];
    plain[0] = ADDRESS;
    plain[1] = (byte) command;
    plain[2] = (byte) data.length;
    for (int i = 0; i < data.length; i++) {
      plain[3 + i] = (byte) data[i];
    }
    plain[plain.length - 1] = (byte) checksum(plain, plain.length - 1);
    ByteArrayOutputStream stuffed = new ByteArrayOutputStream();
    stuffed.write(FLAG);
    for (byte octet : plain) {
      stuff(octet & 0xff, stuffed);
    }
    stuffed.write(FLAG);
    return stuffed.toByteArray();
  }

  private static void stuff(int octet, ByteArrayOutputStream into) {
    if (STUFFED.contains(octet)) {
      into.write(ESCAPE);
      into.write(octet ^ CHANGED_BIT);
    } else {
      into.write(octet);
    }
  }

  /** SPS 5.1: the inverted low byte of the sum of all before it, before stuffing. */
  private static int checksum(byte[] plain, int to) {
    return ~Checksums.sum(plain, 0, to) & 0xff;
  }

  /** The answer that begins at a place. */
  static Find<Answer> answerAt(byte[] bytes, int at) {
    if (Octets.at(bytes, at) != FLAG) {
      return Find.none();
    }
    for (int end = at + 1; end < bytes.length && end - at < LONGEST; end++) {
      if (Octets.at(bytes, end) == FLAG) {
        return between(bytes, at, end);
      }
    }
    return bytes.length - at < LONGEST ? Find.unfinished() : Find.none();
  }

  private static Find<Answer> between(byte[] bytes, int flag, int end) {
    ByteArrayOutputStream unstuffed = new ByteArrayOutputStream();
    for (int i = flag + 1; i < end; i++) {
      int octet = Octets.at(bytes, i);
      if (octet == ESCAPE && i + 1 < end) {
        i++;
        octet = Octets.at(bytes, i) ^ CHANGED_BIT;
        if (!STUFFED.contains(octet)) {
          return Find.none();
        }
      } else if (STUFFED.contains(octet)) {
        return Find.none();
      }
      unstuffed.write(octet);
    }
    byte[] plain = unstuffed.toByteArray();
    int check = plain.length - 1;
    if (check < HEAD_BYTES
        || plain[0] != ADDRESS
        || Octets.at(plain, HEAD_BYTES - 1) != check - HEAD_BYTES
        || Octets.at(plain, check) != checksum(plain, check)) {
      return Find.none();
    }
    return Find.frame(
        new Answer(Octets.at(plain, 1), Octets.at(plain, 2), Octets.list(plain, HEAD_BYTES, check)),
        end + 1 - flag);
  }
}
