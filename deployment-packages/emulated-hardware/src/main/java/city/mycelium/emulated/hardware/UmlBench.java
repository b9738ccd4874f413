package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import city.mycelium.simulator.guest.UserModeLinux;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The buses of user-mode Linux. */
record UmlBench(Path home) implements Bench {

  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final List<String> MODULES = List.of("i2c-dev", "i2c-stub", "tmp006");
  private static final String CHIPS = "chip_addr=0x23,0x40,0x41,0x76";

  @Override
  public Workbench workbench() {
    return Workbench.SMBUS;
  }

  @Override
  public String lacks() {
    if (!Bench.isPc()) {
      return "user-mode Linux exists for x86 only: run it on a PC";
    }
    List<String> packages = new ArrayList<>();
    if (!Bench.has(UserModeLinux.KERNEL)) {
      packages.add("user-mode-linux");
    }
    if (!Bench.has("i2cset")) {
      packages.add("i2c-tools");
    }
    if (!Bench.has("insmod") && !Bench.has("busybox")) {
      packages.add("kmod");
    }
    return packages.isEmpty()
        ? ""
        : "it needs packages: sudo apt-get install -y " + String.join(" ", packages);
  }

  @Override
  public List<Outcome> prove(List<Cell> cells, Path folder) throws IOException {
    GuestTrial trial = new GuestTrial(home, folder, cells);
    trial.prepare();
    List<String> before =
        new ArrayList<>(List.of("mount -t proc proc /proc", "mount -t sysfs sysfs /sys"));
    String insmod = Bench.has("insmod") ? "insmod " : "busybox insmod ";
    for (Path module : UserModeLinux.modules().inOrder(MODULES)) {
      before.add(insmod + module + (module.endsWith("i2c-stub.ko") ? " " + CHIPS : ""));
    }
    String script = trial.script(workbench(), before, PATIENCE);
    return trial.listen(UserModeLinux.boot(folder, "smbus", script, null), PATIENCE, done -> {});
  }
}
