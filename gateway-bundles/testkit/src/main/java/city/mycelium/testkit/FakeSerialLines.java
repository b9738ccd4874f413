package city.mycelium.testkit;

import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.driver.SerialLine;
import city.mycelium.api.driver.SerialLines;
import city.mycelium.api.driver.SerialSetupException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Serial ports that exist while a test has something plugged in. Safe for use by many threads.
 *
 * <pre>{@code
 * FakeSerialLine device = lines.plugIn("/dev/ttyUSB0");
 * device.say("$GPRMC,…");
 * lines.unplug("/dev/ttyUSB0");
 * }</pre>
 */
public final class FakeSerialLines implements SerialLines {

  private final Map<String, FakeSerialLine> plugged = new HashMap<>();
  private final Map<String, String> forbidden = new HashMap<>();
  private int attempts;

  /** Plugs a device in; the answer is the device's own end of the cable. */
  public synchronized FakeSerialLine plugIn(String port) {
    FakeSerialLine line = new FakeSerialLine();
    plugged.put(port, line);
    return line;
  }

  /** Pulls the plug: an open line is dead at once, and the port is gone. */
  public synchronized void unplug(String port) {
    FakeSerialLine line = plugged.remove(port);
    if (line == null) {
      throw new IllegalStateException("nothing is plugged into " + port);
    }
    line.unplug();
  }

  /** From now on this user may not open the port; the message names this command. */
  public synchronized void forbid(String port, String command) {
    forbidden.put(port, command);
  }

  /** How often somebody tried to open a port, in vain or not. */
  public synchronized int attempts() {
    return attempts;
  }

  @Override
  public synchronized SerialLine open(String port, SerialSettings settings) throws IOException {
    attempts++;
    String command = forbidden.get(port);
    if (command != null) {
      throw new SerialSetupException(
          port + " may not be opened by this user: run '" + command + "'");
    }
    FakeSerialLine line = plugged.get(port);
    if (line == null) {
      throw new IOException(port + " is not there: plug the device in");
    }
    return line.open(settings);
  }
}
