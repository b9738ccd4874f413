package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.driver.SerialLine;
import city.mycelium.testkit.LeapingClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * A line with a device at its other end that says what the test has written down, piece by piece,
 * each some time after the last. Time passes only while somebody reads.
 */
final class ScriptedLine implements SerialLine {

  private record Piece(Duration after, byte[] bytes) {}

  private final LeapingClock clock;
  private final Deque<Deque<Piece>> answers = new ArrayDeque<>();
  private final Deque<Piece> coming = new ArrayDeque<>();
  final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  boolean dead;
  boolean closed;

  ScriptedLine(LeapingClock clock) {
    this.clock = clock;
  }

  /**
   * To the next question that has no answer yet: pieces in hexadecimal, each right after the last.
   */
  ScriptedLine answer(String... pieces) {
    answers.add(new ArrayDeque<>());
    for (String piece : pieces) {
      then(Duration.ZERO, piece);
    }
    return this;
  }

  /** A further piece of that answer, some time later. */
  ScriptedLine then(Duration after, String piece) {
    answers.getLast().add(new Piece(after, HexFormat.of().parseHex(piece.replace(" ", ""))));
    return this;
  }

  @Override
  public int read(byte[] into, Duration atMost) throws IOException {
    if (dead || closed) {
      throw new IOException("the line is gone: was the adapter unplugged?");
    }
    Piece piece = coming.peek();
    if (piece == null || piece.after().compareTo(atMost) > 0) {
      clock.leap(atMost);
      if (piece != null) {
        coming.poll();
        coming.addFirst(new Piece(piece.after().minus(atMost), piece.bytes()));
      }
      return 0;
    }
    clock.leap(piece.after());
    coming.poll();
    int count = Math.min(into.length, piece.bytes().length);
    System.arraycopy(piece.bytes(), 0, into, 0, count);
    if (count < piece.bytes().length) {
      coming.addFirst(
          new Piece(
              Duration.ZERO,
              java.util.Arrays.copyOfRange(piece.bytes(), count, piece.bytes().length)));
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (dead || closed) {
      throw new IOException("the line is gone: was the adapter unplugged?");
    }
    heard.writeBytes(bytes);
    Deque<Piece> answer = answers.poll();
    if (answer != null) {
      coming.addAll(answer);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
