package city.mycelium.dialect.senml;

import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.internal.Acknowledgements;
import java.util.List;

/**
 * What a receiver has committed of one gateway's epoch (docs/wire.md, 4).
 *
 * @param epoch of which journal
 * @param contiguous every offset from 1 to this one is covered and committed; 0 if not even 1 is
 * @param above covered and committed ranges beyond it, ascending and apart; the first {@value
 *     #MAX_ABOVE} are kept, the rest is told when the gaps below have closed
 * @param stored Observations held of this epoch
 * @param refused what will never be taken as it was sent, ascending; the first {@value
 *     #MAX_REFUSED} are kept
 */
public record Acknowledgement(
    long epoch, long contiguous, List<OffsetRange> above, long stored, List<Refused> refused) {

  /** docs/wire.md, 4. */
  public static final int MAX_ABOVE = 100;

  /** docs/wire.md, 4. */
  public static final int MAX_REFUSED = 20;

  /**
   * Offsets that are not covered, because what was sent of them cannot be taken.
   *
   * @param why for a person; the first {@value #MAX_WHY} characters are kept
   */
  public record Refused(OffsetRange offsets, String why) {

    static final int MAX_WHY = 200;

    public Refused {
      why = why.substring(0, Math.min(MAX_WHY, why.length()));
    }
  }

  public Acknowledgement {
    refused = List.copyOf(refused.subList(0, Math.min(MAX_REFUSED, refused.size())));
    above = List.copyOf(above.subList(0, Math.min(MAX_ABOVE, above.size())));
    if (contiguous < 0 || stored < 0) {
      throw new IllegalArgumentException(
          "an acknowledgement never counts below 0, but says contiguous "
              + contiguous
              + ", stored "
              + stored);
    }
    long last = contiguous;
    for (OffsetRange range : above) {
      if (range.first() <= last) {
        throw new IllegalArgumentException(
            "acknowledged ranges ascend and do not overlap, but "
                + range.first()
                + ".."
                + range.last()
                + " follows "
                + last);
      }
      last = range.last();
    }
    long lastRefused = 0;
    for (Refused one : refused) {
      if (one.offsets().first() <= lastRefused) {
        throw new IllegalArgumentException("refused ranges ascend and do not overlap");
      }
      lastRefused = one.offsets().last();
    }
  }

  /** One that refuses nothing. */
  public Acknowledgement(long epoch, long contiguous, List<OffsetRange> above, long stored) {
    this(epoch, contiguous, above, stored, List.of());
  }

  /** As a retained message on the channel {@code ack}. */
  public byte[] toJson() {
    return Acknowledgements.write(this);
  }

  /**
   * The reverse of {@link #toJson()}.
   *
   * @throws SenmlException if these are not the bytes of an acknowledgement of this wire version
   */
  public static Acknowledgement parse(byte[] json) throws SenmlException {
    return Acknowledgements.read(json);
  }

  /** For people. */
  @Override
  public String toString() {
    return "epoch "
        + Identity.epochText(epoch)
        + ": 1.."
        + contiguous
        + " and "
        + above.size()
        + " ranges above, "
        + stored
        + " stored, "
        + refused.size()
        + " ranges refused";
  }
}
