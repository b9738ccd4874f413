package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Identity;

/** Epochs as text: exactly 16 lowercase hexadecimal digits, so that one epoch has one spelling. */
final class Epochs {

  private Epochs() {}

  /**
   * The epoch.
   *
   * @throws IllegalArgumentException if the text is any other spelling
   */
  static long parse(String text) {
    long epoch = Identity.parseEpoch(text);
    if (!Identity.epochText(epoch).equals(text)) {
      throw new IllegalArgumentException("an epoch is 16 lowercase hexadecimal digits");
    }
    return epoch;
  }
}
