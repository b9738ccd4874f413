package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.service.log.LogService;

/** The real framework, Configuration Admin and Configurator, with a bundle that listens. */
class GatewayTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path temp;

  /** What the listening bundle was told, in order. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** The PIDs whose configurations were changed, in order. */
  private final Queue<String> changed = new ConcurrentLinkedQueue<>();

  private Gateway gateway;

  @BeforeEach
  void aGatewayYetToBeStarted() throws Exception {
    gateway = gatewayOn(temp.resolve("data"));
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(gateway.stop(SOON)).isTrue();
  }

  @Test
  void defaultsReachTheBundle() throws Exception {
    gateway.start(
        set().defaults("{ \"one\": { \"port\": 8086 } }").listening("one").read(), etc("{}"));

    awaitTold("one {port=Long 8086}");
  }

  /** The operator's word replaces the packaged one for that PID, whole. */
  @Test
  void etcStandsAboveTheDefaults() throws Exception {
    gateway.start(
        set()
            .defaults("{ \"one\": { \"port\": 8086, \"x\": 1 }, \"two\": { \"y\": 2 } }")
            .listening("one,two")
            .read(),
        etc("{ \"one\": { \"port\": 9000 } }"));

    awaitTold("one {port=Long 9000}");
    awaitTold("two {y=Long 2}");
    assertThat(told).containsOnly("one {port=Long 9000}", "two {y=Long 2}");
  }

  @Test
  void changeReachesTheRunningBundle() throws Exception {
    gateway.start(set().listening("one").read(), etc("{ \"one\": { \"port\": 1 } }"));
    awaitTold("one {port=Long 1}");

    gateway.reconfigure(etc("{ \"one\": { \"port\": 2 } }"));

    awaitTold("one {port=Long 2}");
  }

  /** A component whose configuration is the same as before is left in peace. */
  @Test
  void onlyWhatDiffersIsTold() throws Exception {
    String same = "\"one\": { \"list\": [ { \"id\": \"a\" } ], \"n\": 1 }";
    gateway.start(
        set().listening("one,two").read(), etc("{ " + same + ", \"two\": { \"port\": 1 } }"));
    awaitTold("one {list=String[] [{\"id\":\"a\"}], n=Long 1}");
    awaitTold("two {port=Long 1}");

    // What is told would not do as a witness: at the start Configuration Admin may tell a service
    // the same thing twice, by two threads, and the second time comes as late as it likes. Changes
    // come once each, in the thread that makes them. When the third one is told the second is over.
    reconfigureTwo(same, 2);
    changed.clear();
    reconfigureTwo(same, 3);
    reconfigureTwo(same, 4);

    assertThat(changed).contains("two").doesNotContain("one");
  }

  private void reconfigureTwo(String same, int port) throws Exception {
    gateway.reconfigure(etc("{ " + same + ", \"two\": { \"port\": " + port + " } }"));
    awaitTold("two {port=Long " + port + "}");
  }

  @Test
  void pidThatIsRemovedFallsBackToItsDefaults() throws Exception {
    gateway.start(
        set().defaults("{ \"one\": { \"port\": 8086 } }").listening("one").read(),
        etc("{ \"one\": { \"port\": 9000 } }"));
    awaitTold("one {port=Long 9000}");

    gateway.reconfigure(etc("{}"));

    awaitTold("one {port=Long 8086}");
  }

  /** The design writes Things and devices as a list of objects: this is how a component gets it. */
  @Test
  void listOfObjectsArrivesAsTextsOfJson() throws Exception {
    gateway.start(
        set().listening("one").read(),
        etc(
            """
            // comments are for people
            { "one": {
                "things": [ { "id": "a", "at": [ 52.1, 5.1 ] }, /* and */ { "id": "// b" } ],
                "single": { "id": "c" },
                "names": [ "x", "y" ],
                "empty": []
            } }
            """));

    awaitTold(
        "one {empty=String[] [], names=String[] [x, y], single=String {\"id\":\"c\"}, "
            + "things=String[] [{\"id\":\"a\",\"at\":[52.1,5.1]}, {\"id\":\"// b\"}]}");
  }

  @Test
  void bundleThatDoesNotStartLeavesTheOthersRunning() throws Exception {
    TestSet set = set();
    ListeningBundle.write(
        temp.resolve("set/broken.jar"),
        Map.of(
            Constants.BUNDLE_SYMBOLICNAME,
            "test.broken",
            Constants.IMPORT_PACKAGE,
            "city.mycelium.nowhere"));
    gateway.start(
        set.with("broken.jar").listening("one").read(), etc("{ \"one\": { \"port\": 1 } }"));

    awaitTold("one {port=Long 1}");
    assertThat(gateway.framework().getBundleContext().getBundles())
        .filteredOn(bundle -> bundle.getState() != Bundle.ACTIVE)
        .extracting(Bundle::getSymbolicName)
        .containsExactly("test.broken");
  }

  /** The cache belongs to the framework: without it a gateway starts the same. */
  @Test
  void cacheMayBeDeleted() throws Exception {
    BundleSet set = set().listening("one").read();
    gateway.start(set, etc("{ \"one\": { \"port\": 1 } }"));
    awaitTold("one {port=Long 1}");
    stop();
    told.clear();
    delete(temp.resolve("data/cache"));

    gateway = gatewayOn(temp.resolve("data"));
    gateway.start(set, etc("{ \"one\": { \"port\": 1 } }"));

    awaitTold("one {port=Long 1}");
  }

  /** What the last run was told must not outlive it in some store of the framework. */
  @Test
  void configurationOfTheLastRunIsForgotten() throws Exception {
    gateway.start(set().listening("one").read(), etc("{ \"one\": { \"port\": 1 } }"));
    awaitTold("one {port=Long 1}");
    stop();
    told.clear();

    gateway = gatewayOn(temp.resolve("data"));
    gateway.start(BundleSet.read(temp.resolve("set")), etc("{ \"one\": { \"port\": 2 } }"));

    awaitTold("one {port=Long 2}");
    assertThat(told).containsOnly("one {port=Long 2}");
  }

  @Test
  void secondGatewayIsKeptOffTheData() {
    assertThatThrownBy(() -> Gateway.on(temp.resolve("data")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("Another gateway");
  }

  @Test
  void bundlesAreToldTheDataDirectory() {
    assertThat(gateway.framework().getBundleContext().getProperty("mycelium.data"))
        .isEqualTo(temp.resolve("data").toString());
  }

  /** Old libraries import SLF4J 1.7, ours 2: the log of the launcher serves both. */
  @Test
  void logIsExportedInBothVersions() throws Exception {
    TestSet set = set();
    for (String version : List.of("[1.7,2)", "[2.0,3)")) {
      ListeningBundle.write(
          temp.resolve("set/" + version + ".jar"),
          Map.of(
              Constants.BUNDLE_SYMBOLICNAME,
              "test.log" + version.charAt(1),
              Constants.IMPORT_PACKAGE,
              "org.slf4j;version=\"" + version + "\""));
      set.with(version + ".jar");
    }
    gateway.start(set.read(), etc("{}"));

    assertThat(gateway.framework().getBundleContext().getBundles())
        .filteredOn(bundle -> bundle.getSymbolicName().startsWith("test.log"))
        .hasSize(2)
        .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
  }

  @Test
  void logServiceIsThere() throws Exception {
    gateway.start(set().read(), etc("{}"));

    assertThat(gateway.framework().getBundleContext().getServiceReference(LogService.class))
        .isNotNull();
  }

  private Gateway gatewayOn(Path data) throws Exception {
    Gateway made = Gateway.on(data);
    made.framework().getBundleContext().registerService(Collection.class, told, null);
    made.framework().getBundleContext().registerService(Queue.class, changed, null);
    return made;
  }

  private TestSet set() throws Exception {
    return new TestSet(temp.resolve("set"));
  }

  private Layer etc(String json) throws Exception {
    return Layer.read(
        Gateway.ETC_RANKING, List.of(Folders.write(temp.resolve("etc/gateway.json"), json)));
  }

  private void awaitTold(String line) {
    Await.await("told " + line + ", not only " + told, () -> told.contains(line), SOON);
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
