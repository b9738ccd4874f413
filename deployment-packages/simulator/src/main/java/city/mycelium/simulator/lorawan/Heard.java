package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import java.util.List;

/** What a device understood in one of its windows. */
public sealed interface Heard {

  /** It was let in. */
  record Joined() implements Heard {}

  /**
   * A data frame for it.
   *
   * @param acknowledged whether its confirmed uplink has come
   * @param fPort of the application, or 0 if there is none
   * @param bytes of the application; not copied
   * @param commands of the network
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Said(boolean acknowledged, int fPort, byte[] bytes, List<MacCommand> commands)
      implements Heard {
    public Said {
      commands = List.copyOf(commands);
    }
  }

  /**
   * Nothing that it could believe.
   *
   * @param why for a person
   */
  record Nothing(String why) implements Heard {}
}
