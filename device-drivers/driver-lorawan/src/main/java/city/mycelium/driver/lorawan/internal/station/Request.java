package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;

/** What a WebSocket is opened for: its path. */
sealed interface Request {

  String DISCOVERY = "/router-info";
  String DATA = "/router/";

  /** To ask where to connect to. */
  record Discovery() implements Request {}

  /** To bring what this station hears. */
  record Data(Eui station) implements Request {}

  /**
   * Reads a path.
   *
   * @throws RefusedException if nothing is there
   */
  static Request read(String path) throws RefusedException {
    if (path.equals(DISCOVERY)) {
      return new Discovery();
    }
    if (path.startsWith(DATA)) {
      return new Data(Id6.read(path.substring(DATA.length())));
    }
    throw new RefusedException("'" + path + "' is not there");
  }
}
