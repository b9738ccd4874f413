package city.mycelium.dialect.senml;

import java.io.Serial;

/**
 * A pack that arrived whole and says what it covers, but says of it what this end can never take:
 * the same bytes will be refused again (docs/wire.md, 7).
 */
public final class UnacceptablePackException extends SenmlException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient PackCoverage coverage;

  public UnacceptablePackException(PackCoverage coverage, SenmlException cause) {
    super(String.valueOf(cause.getMessage()), UNKNOWN_POSITION, cause);
    this.coverage = coverage;
  }

  /** What the pack would have accounted for. */
  public PackCoverage coverage() {
    return coverage;
  }
}
