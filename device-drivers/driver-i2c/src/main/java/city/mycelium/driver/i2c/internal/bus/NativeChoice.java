package city.mycelium.driver.i2c.internal.bus;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Chooses at the first opening of a bus which native library makes the system calls: Pi4J's where
 * it loads, JNA else. Loads none before. Safe for use by many threads.
 */
public final class NativeChoice implements DeviceFile.Opener {

  private static final String WRONG_WIDTH = "wrong ELF class";

  private final Machine machine;
  private final Function<String, DeviceFile.Opener> pi4j;
  private final Function<String, DeviceFile.Opener> jna;
  private final Logger log;
  private DeviceFile.@Nullable Opener chosen;
  private @Nullable String neither;

  /** The choice on this machine. */
  public NativeChoice(Logger log) {
    // Not Pi4jFiles::new, which would load the class, and so want the library, here already.
    this(Machine.here(), why -> new Pi4jFiles(why), why -> new JnaFiles(why), log);
  }

  /** {@code pi4j} and {@code jna} load their library, given why it was chosen. */
  NativeChoice(
      Machine machine,
      Function<String, DeviceFile.Opener> pi4j,
      Function<String, DeviceFile.Opener> jna,
      Logger log) {
    this.machine = machine;
    this.pi4j = pi4j;
    this.jna = jna;
    this.log = log;
  }

  @Override
  public synchronized String means() {
    if (chosen != null) {
      return chosen.means();
    }
    return neither == null ? "none yet: no bus was opened" : neither;
  }

  @Override
  public DeviceFile open(String path) throws BusFault {
    return chosen().open(path);
  }

  private synchronized DeviceFile.Opener chosen() throws BusFault {
    if (chosen != null) {
      return chosen;
    }
    if (neither == null) {
      choose();
    }
    if (chosen == null) {
      throw BusFault.of(Step.NATIVE, String.valueOf(neither));
    }
    return chosen;
  }

  private void choose() {
    String whyNot = whyNoPi4j();
    if (whyNot.isEmpty()) {
      try {
        chosen =
            pi4j.apply(
                machine.isMixed()
                    ? "32 bit, as this Java is, on a 64-bit kernel"
                    : "it has a native library for " + machine.javaArch());
      } catch (LinkageError | IllegalStateException e) {
        whyNot = "Pi4J's native library does not load: " + inWords(e);
      }
    }
    if (chosen == null) {
      try {
        chosen = jna.apply(whyNot);
      } catch (LinkageError | IllegalStateException e) {
        neither = whyNot + "; nor does JNA's: " + inWords(e);
        log.error("No I2C bus can be opened here: {}", neither);
        return;
      }
    }
    log.info("I2C buses are opened through {}", chosen.means());
  }

  private String whyNoPi4j() {
    if (!machine.javaArch().equals("arm") && !machine.javaArch().equals("aarch64")) {
      return "Pi4J has native libraries for ARM only, this Java is " + machine.javaArch();
    }
    if (machine.isArm6()) { // it would load, and end the process at its first instruction
      return "Pi4J's native library is for ARMv7, this processor is ARMv6";
    }
    return "";
  }

  private String inWords(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (String.valueOf(t.getMessage()).contains(WRONG_WIDTH)) {
        return "it was built for another word size than this Java ("
            + machine.javaArch()
            + (machine.kernelArch().isEmpty() ? "" : " on a kernel for " + machine.kernelArch())
            + "): take pi4j.library.path and jna.boot.library.path out of the start options, or"
            + " install a Java of the system's word size (`dpkg --print-architecture` tells it)";
      }
    }
    Throwable first = e;
    while (first.getMessage() == null && first.getCause() != null) {
      first = first.getCause(); // a class that could not be initialised says nothing itself
    }
    return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
  }
}
