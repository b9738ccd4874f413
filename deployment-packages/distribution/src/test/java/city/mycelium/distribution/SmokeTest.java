package city.mycelium.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Constants;

/** Starts the distribution with its example configuration on every Java that is installed. */
class SmokeTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path temp;

  private Path home;

  static Stream<Jdk> jdks() throws IOException {
    return Jdk.found().stream();
  }

  @BeforeEach
  void aGatewayWithAProbe() throws Exception {
    home = temp.resolve("gateway");
    copy(Gateway.HOME, home);
    Path set = home.resolve("bundles/main");
    writeProbe(set.resolve("probe.jar"));
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(set.resolve("probe.jar"))));
    Files.writeString(
        set.resolve("bundles.sha256"), hash + "  probe.jar\n", StandardOpenOption.APPEND);
    // Any free port instead of the usual one; and nobody listens where the broker would be.
    String example = Files.readString(home.resolve("etc.example/gateway.json"));
    Files.createDirectories(home.resolve("etc"));
    Files.writeString(
        home.resolve("etc/gateway.json"), example.replace("\"port\": 8086", "\"port\": 0"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyBundleIsActiveAndEveryComponentSatisfied(Jdk jdk) throws Exception {
    Process gateway = start(jdk);
    try {
      Await.await("all is well on " + jdk, this::allIsWell, SOON);

      gateway.destroy(); // SIGTERM

      assertThat(gateway.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.exitValue()).isZero();
      assertThat(Files.readAllLines(temp.resolve("out")))
          .noneMatch(line -> line.contains(" ERROR "));
    } finally {
      gateway.destroyForcibly();
    }
  }

  private Process start(Jdk jdk) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("bin/mycelium-gateway").toString(),
                "--config",
                home.resolve("etc").toString(),
                "--data",
                temp.resolve("data").toString())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile());
    builder.environment().put("JAVA_HOME", jdk.home().toString());
    return builder.start();
  }

  /** Says what is not well, if something is not, by an exception that {@link Await} passes on. */
  private boolean allIsWell() throws IOException {
    List<String> found = Files.readAllLines(temp.resolve("data").resolve(ProbeBundle.FILE));
    if (found.size() > 1) {
      throw new IllegalStateException(String.join("\n", found));
    }
    return !found.get(0).equals("0 components");
  }

  private static void writeProbe(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "test.probe");
    headers.putValue(Constants.BUNDLE_ACTIVATOR, ProbeBundle.class.getName());
    headers.putValue(
        Constants.IMPORT_PACKAGE,
        "org.osgi.framework,org.osgi.dto,org.osgi.framework.dto,"
            + "org.osgi.service.component.runtime,org.osgi.service.component.runtime.dto");
    String entry = ProbeBundle.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(ProbeBundle.class.getClassLoader().getResourceAsStream(entry).readAllBytes());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
