package city.mycelium.emulated.hardware.guest;

import city.mycelium.emulated.hardware.bridge.Bh1750;
import city.mycelium.emulated.hardware.bridge.Bme280;
import city.mycelium.emulated.hardware.bridge.Mcp2221;
import city.mycelium.emulated.hardware.bridge.Sht31;
import city.mycelium.emulated.hardware.bridge.Uhid;
import city.mycelium.emulated.hardware.cell.BoschExample;
import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs in a guest: plugs the emulated I²C bridge in where the guest can have one, holds the trial,
 * tells the outcomes.
 */
public final class GuestMain {

  private GuestMain() {}

  /**
   * Holds the trial.
   *
   * @param arguments the workbench, the distribution, the {@link GuestFolder}, and how many seconds
   *     the gateway has
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Console console = new Console(System.out);
    Path folder = Path.of(arguments[2]);
    Path memory = GuestFolder.memory(folder);
    List<Cell> cells = Workbench.valueOf(arguments[0]).cells(folder);
    if (Files.exists(Uhid.DEVICE)) {
      // It stays plugged in until the guest goes off.
      Uhid.plugIn(
          new Mcp2221(
              Map.of(
                  Sht31.ADDRESS, new Sht31(),
                  Bh1750.ADDRESS, new Bh1750(),
                  Bme280.ADDRESS, new Bme280(BoschExample.BME280)),
              Set.of(Workbench.HIGH_PIN)));
    }
    Trial.Gateway gateway =
        new Trial.Gateway(
            Path.of(arguments[1]),
            GuestFolder.configuration(folder),
            memory.resolve("data"),
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MYCELIUM_JAVA_OPTS",
                "-Djava.io.tmpdir=" + memory));
    new Trial(cells, console)
        .run(gateway, Duration.ofSeconds(Long.parseLong(arguments[3])))
        .forEach(console::outcome);
    console.end();
  }
}
