package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * RTU (MODBUS over Serial Line V1.02, 2.5.1): unit, function, data, CRC. Frames are told apart by
 * their length, which the question fixes, and by their CRC; the pauses between bytes that the
 * standard asks for are not visible through USB adapters.
 *
 * <p>An RTU answer does not say which question it is for. So what lies on the line is thrown away
 * before each question, and a unit that failed to answer in time is waited for twice as long the
 * next time: should two answers come, the first is the late one, and the second counts.
 */
final class RtuFraming implements Framing {

  /** Longest frame (2.5.1). */
  private static final int MOST_BYTES = 256;

  /** What is kept of a line that never stops: a whole frame is in it wherever it begins. */
  private static final int KEPT_BYTES = 2 * MOST_BYTES;

  /** Once as much came as an answer has, nothing is waited for that does not come at once. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** Silence between two frames, in characters (2.5.1.1: 3.5), and a character in bits. */
  private static final double GAP_CHARACTERS = 3.5;

  private static final int CHARACTER_BITS = 11;

  private static final long NANOS = 1_000_000_000;

  /** The same from 19200 baud on (2.5.1.1). */
  private static final long LEAST_GAP_NANOS = 1_750_000;

  private final Clock clock;
  private final long gapNanos;
  private final long nanosPerCharacter;
  private final Set<Integer> late = new HashSet<>();

  /**
   * For one line.
   *
   * @param baud bits per second; 0 if pauses mean nothing on it
   */
  RtuFraming(Clock clock, int baud) {
    this.clock = clock;
    this.nanosPerCharacter = baud == 0 ? 0 : CHARACTER_BITS * NANOS / baud;
    this.gapNanos =
        baud == 0 ? 0 : Math.max(LEAST_GAP_NANOS, (long) (GAP_CHARACTERS * nanosPerCharacter));
  }

  @Override
  public byte[] ask(SerialLine line, int unit, byte[] question, Duration atMost)
      throws Silence, DeviceException, IOException {
    LockSupport.parkNanos(gapNanos);
    byte[] frame = frame(unit, question);
    byte[] rest = new byte[MOST_BYTES];
    for (int i = 0; i < KEPT_BYTES && line.read(rest, Duration.ZERO) > 0; i++) {
      // Nobody waits for it any more. A line that never stops is given up here and seen below.
    }
    line.write(frame);
    Listening listening = new Listening(line, unit, question, frame);
    Duration limit = atMost.plus(onTheWire(frame, question));
    Optional<byte[]> answer = listening.until(limit);
    if (answer.isEmpty()) {
      late.add(unit);
      throw listening.failure();
    }
    if (late.remove(unit)) {
      return new Listening(line, unit, question, frame).until(limit).orElse(answer.get());
    }
    return answer.get();
  }

  /** How long question and answer take to pass: at 1200 baud a long one takes 2 s. */
  private Duration onTheWire(byte[] frame, byte[] question) {
    int bytes = frame.length + 1 + Question.answerBytes(question) + Crc16.BYTES;
    return Duration.ofNanos(bytes * nanosPerCharacter);
  }

  /** Unit, question and checksum. */
  static byte[] frame(int unit, byte[] question) {
    int end = 1 + question.length;
    byte[] frame = new byte[end + Crc16.BYTES];
    frame[0] = (byte) unit;
    System.arraycopy(question, 0, frame, 1, question.length);
    int crc = Crc16.of(frame, 0, end);
    frame[end] = (byte) crc;
    frame[end + 1] = (byte) (crc >> 8);
    return frame;
  }

  /** What comes after a question. */
  private final class Listening {

    private final SerialLine line;
    private final int unit;
    private final byte[] question;
    private final byte[] frame;
    private byte[] heard = new byte[0];

    Listening(SerialLine line, int unit, byte[] question, byte[] frame) {
      this.line = line;
      this.unit = unit;
      this.question = question;
      this.frame = frame;
    }

    Optional<byte[]> until(Duration atMost) throws IOException {
      long end = clock.monotonicNanos() + atMost.toNanos();
      byte[] buffer = new byte[MOST_BYTES];
      while (true) {
        Optional<byte[]> answer = find();
        Duration left = Duration.ofNanos(end - clock.monotonicNanos());
        if (answer.isPresent() || left.isNegative() || left.isZero()) {
          return answer;
        }
        boolean enough = heard.length >= 1 + Question.answerBytes(question) + Crc16.BYTES;
        int count = line.read(buffer, enough && left.compareTo(QUIET) > 0 ? QUIET : left);
        if (count == 0) {
          return Optional.empty();
        }
        add(buffer, count);
      }
    }

    private void add(byte[] bytes, int count) {
      byte[] longer = Arrays.copyOf(heard, heard.length + count);
      System.arraycopy(bytes, 0, longer, heard.length, count);
      if (Arrays.equals(longer, frame)) { // an adapter that hears itself talk
        longer = new byte[0];
      }
      heard =
          longer.length <= KEPT_BYTES
              ? longer
              : Arrays.copyOfRange(longer, longer.length - KEPT_BYTES, longer.length);
    }

    /** The first whole answer, whatever stands before it. */
    private Optional<byte[]> find() {
      for (int from = 0; from < heard.length; from++) {
        if ((heard[from] & 0xFF) == unit) {
          for (int length : new int[] {Question.answerBytes(question), Question.REFUSAL_BYTES}) {
            int to = from + 1 + length + Crc16.BYTES;
            if (to <= heard.length && Crc16.holds(heard, from, to)) {
              byte[] answer = Arrays.copyOfRange(heard, from + 1, from + 1 + length);
              if (Question.fits(question, answer)) {
                return Optional.of(answer);
              }
            }
          }
        }
      }
      return Optional.empty();
    }

    /** Why there was no answer. */
    Silence failure() throws DeviceException {
      if (heard.length == 0) {
        return new Silence();
      }
      int other = heard[0] & 0xFF;
      if (other != unit && Crc16.holdsAtStart(heard)) {
        throw DeviceException.corrupt(
            "unit "
                + other
                + " spoke when unit "
                + unit
                + " was asked: is there a second master on this bus, or does that device answer"
                + " late? Then raise timeoutMillis");
      }
      throw DeviceException.corrupt(
          heard.length
              + " bytes came that are no whole answer with a correct CRC: check that no two devices"
              + " have one unit id, the 120 ohm termination at both ends, the ground wire, baud"
              + " rate and parity");
    }
  }
}
