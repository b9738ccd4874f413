package city.mycelium.api.observation;

import java.util.HexFormat;

/**
 * The one name of an Observation, everywhere and for ever.
 *
 * @param gateway which gateway accepted it
 * @param epoch which of its journals: 64 random bits, new when a journal is begun or restored
 * @param offset place in that journal, from 1, without holes
 */
public record Identity(GatewayId gateway, long epoch, long offset) {

  public Identity {
    if (offset < 1) {
      throw new IllegalArgumentException("offsets begin at 1, but this one is " + offset);
    }
  }

  /** An epoch as people and wires write it: 16 lowercase hexadecimal digits. */
  public static String epochText(long epoch) {
    return HexFormat.of().toHexDigits(epoch);
  }

  /**
   * The reverse of {@link #epochText}.
   *
   * @throws IllegalArgumentException if the text is not 16 hexadecimal digits
   */
  public static long parseEpoch(String text) {
    if (text.length() != 16) {
      throw new IllegalArgumentException(
          "an epoch is 16 hexadecimal digits, but this has " + text.length() + " characters");
    }
    return Long.parseUnsignedLong(text, 16);
  }
}
