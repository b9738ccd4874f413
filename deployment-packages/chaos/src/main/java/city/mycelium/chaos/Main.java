package city.mycelium.chaos;

import city.mycelium.chaos.powercut.PowerCuts;
import java.nio.file.Files;
import java.nio.file.Path;

/** scratch main, replaced by the chaos room's own. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("mycelium-chaos");
    PowerCuts cuts = new PowerCuts(folder, 1);
    System.out.println(cuts.run(Integer.parseInt(arguments[0])));
    System.out.println(cuts.control());
  }
}
