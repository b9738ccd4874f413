package city.mycelium.driver.kit.skeleton;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * {@code mycelium new driver NAME --bus BUS}: writes the skeleton of a driver into the module of
 * its bus: it compiles, passes the driver kit, and says in each place what of it is invented.
 *
 * <p>In one file and without anything but the JDK, so that {@code java NewDriver.java} runs it from
 * a source tree that was never built.
 */
public final class NewDriver {

  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int USAGE = 2;

  /** As DeviceDescription wants it, but with a letter first, since a class is named after it. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private static final int LONGEST_NAME = 40;

  private static final String HELP =
      """
      mycelium new driver NAME --bus i2c|serial|modbus|sysfs
          writes the skeleton of a driver for the device NAME (a-z 0-9 -, a letter first, such as
          acme-t1000) into the source tree: it compiles and passes the driver kit, and whatever is
          invented in it is marked INVENTED
          i2c     a chip on an I2C or SMBus, one class
          serial  a device that talks in frames over a serial line, a class and its frame
          modbus  a device with registers, a profile
          sysfs   a device that a driver of the kernel reads, one class
          docs/add-a-driver.md leads on from there
      """;

  /** Each bus, and what makes a driver on it. */
  private static final List<Bus> BUSES =
      List.of(
          new Bus(
              "i2c",
              "driver-i2c",
              new Target("Chip.java.txt", "main", "java", "internal/chip/@CLASS@.java"),
              new Target("ChipTest.java.txt", "test", "java", "internal/chip/@CLASS@Test.java")),
          new Bus(
              "serial",
              "driver-serial",
              new Target(
                  "package-info.java.txt", "main", "java", "internal/@PACKAGE@/package-info.java"),
              new Target("Sensor.java.txt", "main", "java", "internal/@PACKAGE@/@CLASS@.java"),
              new Target("Frame.java.txt", "main", "java", "internal/@PACKAGE@/Frame.java"),
              new Target(
                  "SensorTest.java.txt", "test", "java", "internal/@PACKAGE@/@CLASS@Test.java")),
          new Bus(
              "modbus",
              "driver-modbus",
              new Target("profile.json.txt", "main", "resources", "profiles/@NAME@.json"),
              new Target("ProfileTest.java.txt", "test", "java", "internal/@CLASS@Test.java")),
          new Bus(
              "sysfs",
              "driver-sysfs",
              new Target("Sensor.java.txt", "main", "java", "internal/file/@CLASS@.java"),
              new Target("SensorTest.java.txt", "test", "java", "internal/file/@CLASS@Test.java")));

  /** A bus: its word, its module, and the files of a driver on it. */
  private record Bus(String word, String module, List<Target> targets) {
    Bus(String word, String module, Target... targets) {
      this(word, module, List.of(targets));
    }
  }

  /** A template, and where it goes in the package of its bus. */
  private record Target(String template, String scope, String kind, String path) {
    String in(Bus bus) {
      return "src/%s/%s/city/mycelium/driver/%s/%s".formatted(scope, kind, bus.word, path);
    }
  }

  private final Path tree;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A generator.
   *
   * @param tree the root of a source tree
   */
  NewDriver(Path tree, PrintStream out, PrintStream err) {
    this.tree = tree;
    this.out = out;
    this.err = err;
  }

  /**
   * The tree is what the system property {@code mycelium.tree} says, else the working directory.
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Path tree = Path.of(System.getProperty("mycelium.tree", ""));
    System.exit(new NewDriver(tree, out, err).run(arguments));
  }

  int run(String... arguments) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    if (words.contains("--help")) {
      out.print(HELP);
      return DONE;
    }
    boolean json = words.remove("--json");
    int bus = words.indexOf("--bus");
    String busWord = "";
    if (bus >= 0 && bus + 1 < words.size()) {
      busWord = words.remove(bus + 1);
      words.remove(bus);
    }
    if (words.size() != 2 || !words.get(0).equals("driver")) {
      return usage("say what is new: mycelium new driver NAME --bus BUS");
    }
    String name = words.get(1);
    if (!NAME.matcher(name).matches()
        || name.length() > LONGEST_NAME
        || SourceVersion.isKeyword(name)) {
      return usage(
          "a driver is named after its device in 1 to 40 of a-z 0-9 -, a letter first and no word"
              + " of Java, not '"
              + name
              + "'");
    }
    for (Bus each : BUSES) {
      if (each.word.equals(busWord)) {
        return write(name, each, json);
      }
    }
    return usage("say on which bus it is: --bus i2c, serial, modbus or sysfs");
  }

  private int usage(String what) {
    err.println(what);
    err.print(HELP);
    return USAGE;
  }

  private int write(String name, Bus bus, boolean json) {
    String className =
        Arrays.stream(name.split("-"))
            .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
            .collect(Collectors.joining());
    Path module = tree.resolve("device-drivers").resolve(bus.module);
    if (!Files.isRegularFile(module.resolve("pom.xml"))) {
      err.println(
          "there is no "
              + module
              + ": a driver is written into Mycelium's source tree; get it with git clone, and run"
              + " its own ./mycelium");
      return REFUSED;
    }
    Map<Path, String> files = new LinkedHashMap<>();
    try {
      for (Target target : bus.targets) {
        files.put(
            module.resolve(filled(target.in(bus), name, className)),
            filled(template(bus, target.template), name, className));
      }
      for (Path file : files.keySet()) {
        if (Files.exists(file)) {
          err.println(file + " is there already: choose another name, or remove it first");
          return REFUSED;
        }
      }
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      err.println("the skeleton cannot be written: " + e);
      return REFUSED;
    }
    say(bus, className, files, json);
    return DONE;
  }

  private void say(Bus bus, String className, Map<Path, String> files, boolean json) {
    String test =
        "mvn -pl device-drivers/"
            + bus.module
            + " -am spotless:apply verify -Dtest="
            + className
            + "Test -Dsurefire.failIfNoSpecifiedTests=false";
    List<String> paths =
        files.keySet().stream().map(file -> tree.relativize(file).toString()).toList();
    if (json) {
      out.println(
          "{\"files\":["
              + paths.stream().map(path -> '"' + path + '"').collect(Collectors.joining(","))
              + "],\"test\":\""
              + test
              + "\"}");
      return;
    }
    paths.forEach(path -> out.println("written: " + path));
    out.println();
    out.println(
        "It compiles and passes the driver kit, on bytes that are INVENTED. Try it (a minute or two):");
    out.println("  " + test);
    out.println("Then replace what is marked (grep -n INVENTED): docs/add-a-driver.md leads you.");
  }

  private static String filled(String text, String name, String className) {
    return text.replace("@NAME@", name)
        .replace("@CLASS@", className)
        .replace("@PACKAGE@", name.replace("-", ""));
  }

  private static String template(Bus bus, String file) throws IOException {
    try (InputStream in = NewDriver.class.getResourceAsStream(bus.word + "/" + file)) {
      if (in == null) {
        throw new IOException("the template " + file + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
