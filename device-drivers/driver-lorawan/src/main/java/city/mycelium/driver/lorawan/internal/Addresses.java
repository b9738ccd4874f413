package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words of a configuration, read. */
final class Addresses {

  private Addresses() {}

  /** An address of this machine; a name would have to be looked up, which may hang. */
  static InetAddress of(String text) {
    String address = text.strip();
    if (!address.matches("[0-9a-fA-F.:%]+")) {
      throw new IllegalArgumentException(
          "a bind address is a number such as 127.0.0.1 or 0.0.0.0, not '" + text + "'");
    }
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is no address of a network", e);
    }
  }

  static Set<Eui> euis(String[] texts) {
    Set<Eui> euis = new LinkedHashSet<>();
    for (String text : texts) {
      euis.add(Eui.parse(text.strip()));
    }
    return euis;
  }

  static @Nullable Path file(String text) {
    return text.isBlank() ? null : Path.of(text);
  }
}
