package city.mycelium.dialect.senml;

import java.io.Serial;

/**
 * Bytes that are not what docs/wire.md says; the message tells a person what is wrong and where.
 */
public sealed class SenmlException extends Exception permits UnacceptablePackException {

  /** {@link #position()} where none can be told. */
  public static final long UNKNOWN_POSITION = -1;

  @Serial private static final long serialVersionUID = 1L;

  private final long position;

  public SenmlException(String message, long position) {
    super(position == UNKNOWN_POSITION ? message : message + " (byte " + position + ")");
    this.position = position;
  }

  public SenmlException(String message, long position, Throwable cause) {
    this(message, position);
    initCause(cause);
  }

  /** How many bytes into the message the fault was noticed, or {@link #UNKNOWN_POSITION}. */
  public long position() {
    return position;
  }
}
