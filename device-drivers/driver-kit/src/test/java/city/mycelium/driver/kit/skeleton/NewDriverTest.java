package city.mycelium.driver.kit.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.kit.Contracts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewDriverTest {

  @TempDir private Path tree;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void aSourceTree() throws IOException {
    for (String module : List.of("driver-i2c", "driver-serial", "driver-modbus", "driver-sysfs")) {
      Files.createDirectories(tree.resolve("device-drivers").resolve(module));
      Files.writeString(tree.resolve("device-drivers").resolve(module).resolve("pom.xml"), "");
    }
  }

  private int run(String... arguments) {
    return new NewDriver(tree, print(out), print(err)).run(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("pom.xml"))
          .map(tree::relativize)
          .sorted()
          .toList();
    }
  }

  // The skeletons lean on nothing but the API, the kit and an annotation: so they compile here,
  // with
  // every warning an error, as in their own module; and they pass the kit there and here.
  @ParameterizedTest
  @CsvSource({
    "i2c,    city.mycelium.driver.i2c.internal.chip.AcmeT1000Test",
    "serial, city.mycelium.driver.serial.internal.acmet1000.AcmeT1000Test"
  })
  void theSkeletonCompilesAndPassesTheKit(String bus, String test) throws Exception {
    assertThat(run("driver", "acme-t1000", "--bus", bus)).isZero();

    Path classes = Files.createDirectory(tree.resolve("classes"));
    compile(classes);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Map<String, String> failures = Contracts.failures(loader.loadClass(test));
      assertThat(failures).isEmpty();
    }
  }

  private void compile(Path classes) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      StringWriter messages = new StringWriter();
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-Xlint:all,-processing",
                      "-Werror",
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      written().stream()
                          .filter(file -> file.toString().endsWith(".java"))
                          .map(tree::resolve)
                          .toList()))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  @Test
  void whatIsInventedIsMarkedAndNothingClaimsToBeProven() throws IOException {
    for (String bus : List.of("i2c", "serial")) {
      run("driver", "acme-t1000", "--bus", bus);
    }

    assertThat(written()).hasSize(6);
    for (Path file : written()) {
      String text = Files.readString(tree.resolve(file));
      assertThat(text).as(file.toString()).doesNotContain("@CLASS@", "@NAME@", "@PACKAGE@");
      if (!file.endsWith("package-info.java")) {
        assertThat(text).as(file.toString()).contains("INVENTED");
      }
      if (text.contains("DeviceDescription.of(")) {
        assertThat(text).contains("not proven on hardware");
      }
    }
  }

  @Test
  void saysWhatIsWrittenAndWhatToDoNext() {
    assertThat(run("driver", "acme-t1000", "--bus", "i2c")).isZero();

    assertThat(said())
        .contains("chip/AcmeT1000.java", "chip/AcmeT1000Test.java", "-Dtest=AcmeT1000Test")
        .contains("INVENTED", "docs/add-a-driver.md");
  }

  @Test
  void jsonSaysTheSame() {
    assertThat(run("driver", "acme-t1000", "--bus", "i2c", "--json")).isZero();

    assertThat(said())
        .startsWith("{\"files\":[\"device-drivers/driver-i2c/src/main/")
        .endsWith("}\n");
  }

  // Work of hours may be in it.
  @Test
  void nothingIsWrittenOverWhatIsThere() throws IOException {
    run("driver", "acme-t1000", "--bus", "i2c");
    Path test = tree.resolve(written().get(1));
    Files.delete(tree.resolve(written().get(0)));
    Files.writeString(test, "work");

    assertThat(run("driver", "acme-t1000", "--bus", "i2c")).isEqualTo(1);

    assertThat(test).hasContent("work");
    assertThat(written()).hasSize(1);
    assertThat(complained()).contains("is there already");
  }

  @ParameterizedTest
  @CsvSource({
    "Acme,      i2c,  named after its device",
    "1wire,     i2c,  named after its device",
    "../../etc, i2c,  named after its device",
    "int,       i2c,  named after its device",
    "acme-,     i2c,  named after its device",
    "acme,      spi,  say on which bus"
  })
  void whatCannotBeIsRefusedInWords(String name, String bus, String why) throws IOException {
    assertThat(run("driver", name, "--bus", bus)).isEqualTo(2);

    assertThat(complained()).contains(why);
    assertThat(written()).isEmpty();
  }

  @Test
  void outsideOfASourceTreeItSaysSo() throws IOException {
    Files.delete(tree.resolve("device-drivers/driver-i2c/pom.xml"));

    assertThat(run("driver", "acme", "--bus", "i2c")).isEqualTo(1);

    assertThat(complained()).contains("source tree");
  }
}
