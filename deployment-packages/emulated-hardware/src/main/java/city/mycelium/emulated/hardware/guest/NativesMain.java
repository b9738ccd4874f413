package city.mycelium.emulated.hardware.guest;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Loads each native library that the gateway may need, on the processor that it runs on, and says
 * how that went. The libraries are found by name: they are those of the bundles on the class path.
 */
public final class NativesMain {

  private NativesMain() {}

  /** What loads a library and says something that only the library can know. */
  @FunctionalInterface
  private interface Library {
    String ask() throws Exception;
  }

  public static void main(String[] arguments) {
    System.out.println("os.arch " + System.getProperty("os.arch"));
    load("sqlite", NativesMain::sqlite);
    load("jserialcomm", NativesMain::serialPorts);
    load("jna", NativesMain::jna);
    load("pi4j-linuxfs", NativesMain::linuxfs);
  }

  private static void load(String name, Library library) {
    try {
      System.out.println(name + " loaded: " + library.ask());
    } catch (Exception | LinkageError e) { // whatever it is, the next one is tried as well
      System.out.println(name + " does not load: " + e);
    }
  }

  private static String sqlite() throws Exception {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = memory.createStatement();
        ResultSet version = statement.executeQuery("select sqlite_version()")) {
      return "version " + version.getString(1);
    }
  }

  private static String serialPorts() throws Exception {
    Class<?> ports = Class.forName("com.fazecast.jSerialComm.SerialPort");
    return Array.getLength(ports.getMethod("getCommPorts").invoke(null)) + " serial ports";
  }

  private static String jna() throws Exception {
    Class<?> jna = Class.forName("com.sun.jna.Native");
    return "pointers of " + jna.getField("POINTER_SIZE").get(null) + " bytes";
  }

  private static String linuxfs() throws Exception {
    Class<?> file = Class.forName("com.pi4j.library.linuxfs.LinuxFile");
    return file.getName();
  }
}
