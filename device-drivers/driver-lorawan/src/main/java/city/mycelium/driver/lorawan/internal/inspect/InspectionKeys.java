package city.mycelium.driver.lorawan.internal.inspect;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import java.util.Optional;

/**
 * What somebody who looks at a frame knows besides; each may be missing.
 *
 * @param nwkSKey checks data frames, and opens what is under port 0
 * @param appSKey opens what is under the other ports
 * @param appKey checks join-requests, and opens join-accepts
 * @param fCntMsb upper 16 bits of the counter, which a frame does not carry
 */
public record InspectionKeys(
    Optional<AesKey> nwkSKey, Optional<AesKey> appSKey, Optional<AesKey> appKey, int fCntMsb) {

  /** Nothing at all. */
  public static final InspectionKeys NONE =
      new InspectionKeys(Optional.empty(), Optional.empty(), Optional.empty(), 0);

  public InspectionKeys {
    if (fCntMsb < 0 || fCntMsb > 0xffff) {
      throw new IllegalArgumentException(
          "the upper half of a counter is 0 to 65535, not " + fCntMsb);
    }
  }
}
