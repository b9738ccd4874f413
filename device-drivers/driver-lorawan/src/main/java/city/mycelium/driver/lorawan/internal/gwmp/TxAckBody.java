package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;

/** What a TX_ACK says (PROTOCOL.TXT 1.4, 5.5 and 6, {@code txpk_ack}). */
final class TxAckBody {

  private static final String NONE = "NONE";

  private TxAckBody() {}

  /**
   * Reads it.
   *
   * @return the forwarder's word for what went wrong; empty if nothing did. Of a {@code warn}
   *     (protocol 1.5: less power than asked for) too: the frame goes on the air.
   * @throws RefusedException if it is no such JSON
   */
  static String error(String text) throws RefusedException {
    if (text.isBlank()) {
      return "";
    }
    Fields ack = new Fields(BoundedJson.object(text)).object("txpk_ack");
    String error = ack.text("error").orElse(NONE);
    return error.equals(NONE) ? "" : error;
  }
}
