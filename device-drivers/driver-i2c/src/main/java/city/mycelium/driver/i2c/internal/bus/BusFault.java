package city.mycelium.driver.i2c.internal.bus;

import java.io.Serial;

/** A step on a bus failed. Not for people: {@link FaultSentences} makes a sentence of it. */
public final class BusFault extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What was tried. */
  public enum Step {
    /** No library can make system calls here: the message says why. */
    NATIVE,
    /** Another transaction keeps the bus: the message says whose. */
    TURN,
    /** The bus was opened, or asked what it can do. */
    OPEN,
    /** An address was to be spoken to. */
    CLAIM,
    /** A multiplexer was told its channel. */
    MULTIPLEXER,
    /** Bytes were written or read. */
    TRANSFER,
    /** This controller has no means for what is asked: the message says what. */
    MEANS
  }

  private final Step step;
  private final int errno;
  private final int multiplexer;

  private BusFault(Step step, int errno, int multiplexer, String message) {
    super(message);
    this.step = step;
    this.errno = errno;
    this.multiplexer = multiplexer;
  }

  /** A system call failed with an error number. */
  public static BusFault of(Step step, int errno) {
    return new BusFault(step, errno, 0, step + " failed with " + Errno.name(errno));
  }

  /** Without an error number; the message is half a sentence. */
  public static BusFault of(Step step, String message) {
    return new BusFault(step, 0, 0, message);
  }

  /** The same, on the way to a chip: the multiplexer did it. */
  BusFault atMultiplexer(int address) {
    return step == Step.CLAIM || step == Step.TRANSFER
        ? new BusFault(Step.MULTIPLEXER, errno, address, "multiplexer: " + getMessage())
        : this;
  }

  public Step step() {
    return step;
  }

  /** Linux's error number; 0 if it was no system call. */
  public int errno() {
    return errno;
  }

  /** Which multiplexer failed, at step MULTIPLEXER. */
  int multiplexer() {
    return multiplexer;
  }

  /**
   * Whether nobody acknowledged. ENXIO and EREMOTEIO are what adapters say (fault-codes.rst; the
   * Raspberry Pi's says the second), ENODEV is i2c-stub's word for an address that it does not
   * play.
   */
  public boolean isNotAcknowledged() {
    return (step == Step.TRANSFER || step == Step.MULTIPLEXER)
        && (errno == Errno.ENXIO || errno == Errno.EREMOTEIO || errno == Errno.ENODEV);
  }

  /** Whether the bus itself is to blame, and not who is on it: then it is opened anew. */
  boolean isOfBus() {
    return switch (step) {
      case NATIVE, TURN, MEANS -> false;
      case OPEN -> true;
      case CLAIM -> errno != Errno.EBUSY;
      case TRANSFER, MULTIPLEXER -> errno != Errno.ENXIO && errno != Errno.EREMOTEIO;
    };
  }
}
