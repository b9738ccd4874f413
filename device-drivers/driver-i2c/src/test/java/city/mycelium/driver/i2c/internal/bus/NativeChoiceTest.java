package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import city.mycelium.testkit.RecordingLogger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class NativeChoiceTest {

  private final RecordingLogger log = new RecordingLogger();
  private final List<String> loaded = new ArrayList<>();

  private NativeChoice choice(
      Machine machine,
      Function<String, DeviceFile.Opener> pi4j,
      Function<String, DeviceFile.Opener> jna) {
    return new NativeChoice(machine, pi4j, jna, log);
  }

  private Function<String, DeviceFile.Opener> loads(String name) {
    return why -> {
      loaded.add(name);
      return new Named(name + " (" + why + ")");
    };
  }

  private static Function<String, DeviceFile.Opener> fails(String message) {
    return why -> {
      throw new UnsatisfiedLinkError(message);
    };
  }

  private static Machine machine(String javaArch) {
    return new Machine(javaArch, "", "");
  }

  @Test
  void onARaspberryPiItIsPi4j() throws Exception {
    NativeChoice choice = choice(machine("aarch64"), loads("Pi4J"), loads("JNA"));

    choice.open("/dev/i2c-1");

    assertThat(choice.means()).isEqualTo("Pi4J (it has a native library for aarch64)");
    assertThat(log.messages(Level.INFO))
        .containsExactly("I2C buses are opened through Pi4J (it has a native library for aarch64)");
  }

  // Memory on a gateway without such sensors.
  @Test
  void nothingIsLoadedBeforeABusIsOpenedAndThenOnce() throws Exception {
    NativeChoice choice = choice(machine("aarch64"), loads("Pi4J"), loads("JNA"));
    assertThat(choice.means()).contains("no bus was opened");
    assertThat(loaded).isEmpty();

    choice.open("/dev/i2c-1");
    choice.open("/dev/i2c-2");

    assertThat(loaded).containsExactly("Pi4J");
  }

  @Test
  void onAPcItIsJna() throws Exception {
    NativeChoice choice = choice(machine("amd64"), loads("Pi4J"), loads("JNA"));

    choice.open("/dev/i2c-1");

    assertThat(choice.means())
        .isEqualTo("JNA (Pi4J has native libraries for ARM only, this Java is amd64)");
  }

  // Its armhf library is built for ARMv7 (readelf -A: Tag_CPU_arch v7): it would end the process.
  @Test
  void onTheFirstPiZeroItIsJna() throws Exception {
    Machine zero =
        new Machine("arm", "armv6l", "model name\t: ARMv6-compatible processor rev 7 (v6l)\n");
    NativeChoice choice = choice(zero, loads("Pi4J"), loads("JNA"));

    choice.open("/dev/i2c-1");

    assertThat(loaded).containsExactly("JNA");
    assertThat(choice.means()).contains("ARMv7").contains("ARMv6");
  }

  @Test
  void thirtyTwoBitsOnASixtyFourBitKernelAreSaid() throws Exception {
    NativeChoice choice = choice(new Machine("arm", "aarch64", ""), loads("Pi4J"), loads("JNA"));

    choice.open("/dev/i2c-1");

    assertThat(choice.means()).isEqualTo("Pi4J (32 bit, as this Java is, on a 64-bit kernel)");
  }

  @Test
  void whatDoesNotLoadIsReplacedAndWhyIsSaid() throws Exception {
    NativeChoice choice = choice(machine("aarch64"), fails("/tmp is mounted noexec"), loads("JNA"));

    choice.open("/dev/i2c-1");

    assertThat(choice.means())
        .isEqualTo("JNA (Pi4J's native library does not load: /tmp is mounted noexec)");
  }

  @Test
  void aNativeOfAnotherWordSizeHasItsOwnSentence() {
    String linker = "libpi4j-linuxfs.so: wrong ELF class: ELFCLASS32 (Possible cause: …)";
    NativeChoice choice =
        choice(new Machine("aarch64", "aarch64", ""), fails(linker), fails(linker));

    assertThatThrownBy(() -> choice.open("/dev/i2c-1"))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.step()).isEqualTo(Step.NATIVE))
        .hasMessageContaining("another word size than this Java (aarch64 on a kernel for aarch64)")
        .hasMessageContaining("dpkg --print-architecture");
    assertThat(log.messages(Level.ERROR)).hasSize(1);
  }

  @Test
  void whereNeitherLoadsItIsTriedOnce() {
    List<String> tries = new ArrayList<>();
    NativeChoice choice =
        choice(
            machine("riscv64"),
            loads("Pi4J"),
            why -> {
              tries.add(why);
              throw new NoClassDefFoundError("com/sun/jna/Library");
            });

    assertThatThrownBy(() -> choice.open("/dev/i2c-1")).hasMessageContaining("com/sun/jna/Library");
    assertThatThrownBy(() -> choice.open("/dev/i2c-1")).isInstanceOf(BusFault.class);

    assertThat(tries).hasSize(1);
    assertThat(loaded).isEmpty();
    assertThat(choice.means()).contains("nor does JNA's");
  }

  // On the machine that builds: the real libraries, whichever of them fits.
  @Test
  void oneOfTheRealLibrariesLoadsHere() {
    NativeChoice choice = new NativeChoice(log);

    assertThatThrownBy(() -> choice.open("/dev/no-such-bus"))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    assertThat(choice.means()).containsAnyOf("Pi4J linuxfs (", "JNA (");
  }

  private record Named(String means) implements DeviceFile.Opener {

    @Override
    public DeviceFile open(String path) {
      return new Nothing();
    }
  }

  private static final class Nothing implements DeviceFile {

    @Override
    public int pointerBytes() {
      return 8;
    }

    @Override
    public int ioctl(long request, int value) {
      return 0;
    }

    @Override
    public int ioctl(long request, java.nio.ByteBuffer structure, int... pointers) {
      return 0;
    }

    @Override
    public int messages(java.nio.ByteBuffer messages, int... pointers) {
      return 0;
    }

    @Override
    public void close() {}
  }
}
