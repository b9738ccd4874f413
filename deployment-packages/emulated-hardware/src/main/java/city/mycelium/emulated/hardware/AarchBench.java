package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Evidence;
import city.mycelium.emulated.hardware.cell.Expectation;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import city.mycelium.emulated.hardware.guest.GuestFolder;
import city.mycelium.emulated.hardware.guest.NativesMain;
import city.mycelium.emulated.hardware.guest.Trial;
import city.mycelium.simulator.town.Children;
import city.mycelium.testkit.PseudoTerminal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs of a 64-bit Raspberry Pi on this machine's kernel. */
record AarchBench(Path home, Guests guests) implements Bench {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Workbench workbench() {
    return Workbench.AARCH64;
  }

  @Override
  public String lacks() {
    if (!Bench.isPc()) {
      return "nothing needs to be emulated here: ./mycelium test runs these libraries as they are";
    }
    return guests.aarch64Java().isPresent() ? "" : Guests.NOT_FETCHED;
  }

  @Override
  public List<Outcome> prove(List<Cell> cells, Path folder)
      throws IOException, InterruptedException {
    Path java = guests.aarch64Java().orElseThrow();
    List<Outcome> outcomes = new ArrayList<>();
    List<Cell> forGateway = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell.name().equals(Workbench.NATIVES)) {
        outcomes.add(natives(cell, java, folder));
      } else {
        forGateway.add(cell);
      }
    }
    if (!forGateway.isEmpty()) {
      outcomes.addAll(gateway(forGateway, java, folder));
    }
    return outcomes;
  }

  private Outcome natives(Cell cell, Path java, Path folder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path said = folder.resolve("natives.log");
    try (Children children = new Children()) {
      Process process =
          children.start(
              List.of(
                  java.resolve("bin/java").toString(),
                  "-Djava.io.tmpdir=" + folder,
                  "-cp",
                  home.resolve("bundles/main") + "/*" + File.pathSeparator + classPath(),
                  NativesMain.class.getName()),
              said,
              Map.of());
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        Children.kill(process);
      }
    }
    Evidence evidence = new Evidence();
    Files.readAllLines(said).forEach(evidence::logged);
    List<String> missing =
        cell.phases().stream()
            .flatMap(List::stream)
            .filter(expected -> !expected.isMet(evidence))
            .map((Expectation expected) -> expected.missing(evidence))
            .toList();
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    return missing.isEmpty()
        ? Outcome.ok(cell, seconds)
        : Outcome.failed(cell, String.join("; ", missing), seconds);
  }

  private List<Outcome> gateway(List<Cell> cells, Path java, Path folder)
      throws IOException, InterruptedException {
    GuestFolder.make(folder, cells);
    PseudoTerminal terminal = PseudoTerminal.open();
    Files.createSymbolicLink(Workbench.tty(folder), terminal.slavePath());
    Trial.Gateway gateway =
        new Trial.Gateway(
            home,
            GuestFolder.configuration(folder),
            GuestFolder.memory(folder).resolve("data"),
            Map.of("JAVA_HOME", java.toString()));
    Trial.Witness nobody =
        new Trial.Witness() {
          @Override
          public void logged(String line) {}

          @Override
          public void phaseDone(Cell cell, int phase) {}
        };
    Cable cable = Cable.terminal(terminal, new QuotedSds011());
    try {
      return new Trial(cells, nobody).run(gateway, PATIENCE);
    } finally {
      cable.close();
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
