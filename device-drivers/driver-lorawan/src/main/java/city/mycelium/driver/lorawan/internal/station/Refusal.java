package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.Refusals;

/** Why a connection of a station, or a message on it, is refused. */
public enum Refusal implements Refusals.Reason {
  TOO_OFTEN("an address or a station comes more often than it may"),
  TOO_MANY("more connections than can be served"),
  SLOW("a connection was opened and nothing was said on it in time"),
  REQUEST("a connection was opened with something else than a request for a WebSocket"),
  PATH("a path is asked for that is not there: stations begin at /router-info"),
  TOKEN("a station shows no token or a wrong one: check its tc.key"),
  NOT_LISTED("a station is not on the list: add its EUI if it is yours"),
  JSON("a message is no JSON of this protocol"),
  FRAME("a frame cannot be put together from its report"),
  UNKNOWN("a message is of a kind that is not used here"),
  CONFIRMATION("a dntxed confirms nothing that was asked, or comes too late"),
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
