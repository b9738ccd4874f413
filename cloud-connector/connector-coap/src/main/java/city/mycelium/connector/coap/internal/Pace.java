package city.mycelium.connector.coap.internal;

import java.time.Duration;

/**
 * How fast and how patiently a server is spoken to.
 *
 * @param nstart messages over UDP that may wait for their answers at once (RFC 7252, 4.7), 1 to
 *     1000; more than 1 is for networks whose operator agrees
 * @param blockSize larger payloads over UDP go in blocks of so many bytes (RFC 7959): a power of
 *     two from 16 to 1024
 * @param ackTimeout after this, and up to half of it more, a message over UDP is sent again; the
 *     next pauses double (RFC 7252, 4.2)
 * @param maxRetransmit so many times at most
 * @param connectTimeout for everything until the connection stands, and for a sign of life later
 * @param answerTimeout for the answer to a message that the server acknowledged
 * @param keepAlive after so long without a word the server is asked whether it is there; zero:
 *     never
 */
public record Pace(
    int nstart,
    int blockSize,
    Duration ackTimeout,
    int maxRetransmit,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration keepAlive) {

  /** RFC 7252, 4.8: the usual transmission parameters; 4.8.2: MAX_TRANSMIT_WAIT is 93 s. */
  public static final Pace USUAL =
      new Pace(
          1,
          1_024,
          Duration.ofSeconds(2),
          4,
          Duration.ofSeconds(30),
          Duration.ofSeconds(100),
          Duration.ofMinutes(2));

  public Pace {
    if (nstart < 1 || nstart > 1_000) {
      throw new IllegalArgumentException("nstart is 1 to 1000, not " + nstart);
    }
    if (blockSize < 16 || blockSize > 1_024 || Integer.bitCount(blockSize) != 1) {
      throw new IllegalArgumentException(
          "blockSize is 16, 32, 64, 128, 256, 512 or 1024, not " + blockSize);
    }
    if (ackTimeout.toMillis() < 1 || maxRetransmit < 0 || maxRetransmit > 20) {
      throw new IllegalArgumentException(
          "ackTimeout is positive and maxRetransmit 0 to 20, not "
              + ackTimeout
              + " and "
              + maxRetransmit);
    }
    if (connectTimeout.toSeconds() < 1 || answerTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "connectTimeout and answerTimeout are at least 1 second, not "
              + connectTimeout
              + " and "
              + answerTimeout);
    }
    if (keepAlive.isNegative()) {
      throw new IllegalArgumentException("keepAlive is not negative: 0 means never");
    }
  }

  /** The same with so many messages at once. */
  public Pace withNstart(int messages) {
    return new Pace(
        messages, blockSize, ackTimeout, maxRetransmit, connectTimeout, answerTimeout, keepAlive);
  }

  /** The same with another time until the connection stands, at least a second. */
  Pace withConnectTimeout(Duration time) {
    return new Pace(
        nstart,
        blockSize,
        ackTimeout,
        maxRetransmit,
        time.toSeconds() < 1 ? Duration.ofSeconds(1) : time,
        answerTimeout,
        keepAlive);
  }
}
