package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.Refusals;

/** Why a message of a network is refused. */
public enum Refusal implements Refusals.Reason {
  TOO_LONG("a message is longer than is allowed"),
  CONTENT("a message is not what this kind of network sends: is the feed set to the right kind?"),
  NOT_KEPT("an uplink could not be kept"),
  FAULT("a message met a fault in this program: please report it");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  @Override
  public String words() {
    return words;
  }
}
