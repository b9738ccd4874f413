package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import city.mycelium.simulator.guest.GuestMachine;
import city.mycelium.simulator.guest.QemuPc;
import city.mycelium.simulator.town.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PC of QEMU with Debian's kernel. */
record PcBench(Path home, Guests guests) implements Bench {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration TO_START = Duration.ofSeconds(20);
  private static final String STUB = "i2c-stub";
  private static final String CHIPS = "chip_addr=0x48,0x77";

  /** What udev would load on a site. */
  private static final List<String> MODULES =
      List.of(
          "i2c-dev", STUB, "bmp280-i2c", "tmp102", "xhci-pci", "ftdi_sio", "hid-mcp2221", "uhid");

  @Override
  public Workbench workbench() {
    return Workbench.PC;
  }

  @Override
  public String lacks() throws IOException {
    if (!Bench.isPc()) {
      return "the guest runs this machine's own programs, and they are not those of a PC: run it on"
          + " a PC";
    }
    List<String> packages = new ArrayList<>();
    if (!Bench.has(QemuPc.PROGRAM)) {
      packages.add("qemu-system-x86");
    }
    if (!Bench.has("i2cset")) {
      packages.add("i2c-tools");
    }
    if (!packages.isEmpty()) {
      return "it needs packages: sudo apt-get install -y " + String.join(" ", packages);
    }
    return guests.kernel().isPresent() ? "" : Guests.NOT_FETCHED;
  }

  @Override
  public List<Outcome> prove(List<Cell> cells, Path folder)
      throws IOException, InterruptedException {
    GuestTrial trial = new GuestTrial(home, folder, cells);
    trial.prepare();
    Path socket = folder.resolve("usb.sock");
    GuestMachine guest =
        QemuPc.boot(
            folder,
            guests.kernel().orElseThrow(),
            trial.script(workbench(), List.of(), PATIENCE),
            MODULES,
            Map.of(STUB, CHIPS),
            List.of(
                "-device",
                "qemu-xhci",
                "-chardev",
                "socket,id=usb,path=" + socket + ",server=on,wait=off",
                "-device",
                "usb-serial,chardev=usb"));
    try (Adapter adapter = new Adapter(socket)) {
      Patience.until("QEMU has made " + socket, TO_START, adapter::plugIn);
      return trial.listen(guest, PATIENCE, adapter);
    } finally {
      guest.close();
    }
  }

  /** Plugged in at first; pulled out and plugged in again as the phases of its cell ask for it. */
  private static final class Adapter implements GuestTrial.Hand, AutoCloseable {

    private final Path socket;
    private @Nullable Cable cable;

    Adapter(Path socket) {
      this.socket = socket;
    }

    boolean plugIn() throws IOException {
      cable = Cable.usb(socket, new QuotedSds011());
      return true;
    }

    @Override
    public void on(String done) throws IOException {
      if (done.equals(Workbench.USB_SERIAL + " 0")) {
        close();
      } else if (done.equals(Workbench.USB_SERIAL + " 1")) {
        plugIn();
      }
    }

    @Override
    public void close() throws IOException {
      if (cable != null) {
        cable.close();
        cable = null;
      }
    }
  }
}
