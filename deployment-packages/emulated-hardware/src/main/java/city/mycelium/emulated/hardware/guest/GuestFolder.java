package city.mycelium.emulated.hardware.guest;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that a guest and its host share: the host writes it, the guest only reads. */
public final class GuestFolder {

  private GuestFolder() {}

  /**
   * Lays it out.
   *
   * @param folder a new one, without spaces in its path
   */
  public static void make(Path folder, List<Cell> cells) throws IOException {
    Files.createDirectories(memory(folder));
    Files.createDirectories(configuration(folder));
    Files.writeString(
        configuration(folder).resolve("gateway.json"), Configuration.of(cells).toString());
  }

  /** The gateway's configuration. */
  public static Path configuration(Path folder) {
    return folder.resolve("configuration");
  }

  /** Where a guest lays its own memory over, for all that has to be written in it. */
  public static Path memory(Path folder) {
    return folder.resolve("memory");
  }
}
