package city.mycelium.emulated.hardware;

import city.mycelium.emulated.hardware.cell.Cell;
import city.mycelium.emulated.hardware.cell.Outcome;
import city.mycelium.emulated.hardware.cell.Workbench;
import city.mycelium.emulated.hardware.guest.Console;
import city.mycelium.emulated.hardware.guest.GuestFolder;
import city.mycelium.emulated.hardware.guest.GuestMain;
import city.mycelium.simulator.guest.GuestMachine;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The host's side of a trial in a guest: what the guest runs, and what is made of its console. For
 * one thread.
 */
final class GuestTrial {

  /** How long a guest may take beside the trial that it holds. */
  private static final Duration TO_BOOT = Duration.ofSeconds(90);

  private final Path home;
  private final Path folder;
  private final List<Cell> cells;

  /** Somebody who acts when a phase of a cell is done. */
  @FunctionalInterface
  interface Hand {
    /**
     * A phase is done.
     *
     * @param done {@code cell phase}
     */
    void on(String done) throws IOException;
  }

  /**
   * A trial.
   *
   * @param home of the distribution
   * @param folder a new one, without spaces in its path
   */
  GuestTrial(Path home, Path folder, List<Cell> cells) {
    this.home = home;
    this.folder = folder;
    this.cells = List.copyOf(cells);
  }

  /** Makes the folder that host and guest share. */
  void prepare() throws IOException {
    GuestFolder.make(folder, cells);
  }

  /**
   * What the guest runs, in the language of sh.
   *
   * @param before lines of the machine itself
   * @param patience how long the gateway has
   */
  String script(Workbench workbench, List<String> before, Duration patience) {
    List<String> lines = new ArrayList<>(List.of("#!/bin/sh"));
    lines.addAll(before);
    // Everything is read-only to a guest but its own memory.
    lines.add("mount -t tmpfs memory '" + GuestFolder.memory(folder) + "'");
    for (Cell cell : cells) {
      cell.setUp().stream()
          .map(line -> line + " || echo '" + cell.name() + " is not set up: " + line + "'")
          .forEach(lines::add);
    }
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + GuestFolder.memory(folder),
            "-Dtinylog.level=off",
            "-cp",
            System.getProperty("java.class.path"),
            GuestMain.class.getName(),
            workbench.name(),
            home.toString(),
            folder.toString(),
            Long.toString(patience.toSeconds()));
    lines.add(
        java.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec ", "")));
    return String.join("\n", lines) + "\n";
  }

  /**
   * Listens until the guest has told everything, and switches it off.
   *
   * @return one outcome per cell; a guest that says nothing of a cell has failed it
   */
  List<Outcome> listen(GuestMachine guest, Duration patience, Hand hand) throws IOException {
    long start = System.nanoTime();
    Map<String, Outcome> told = new HashMap<>();
    CompletableFuture<Void> watchdog =
        CompletableFuture.runAsync(
            guest::cut,
            CompletableFuture.delayedExecutor(
                patience.plus(TO_BOOT).toSeconds(), TimeUnit.SECONDS));
    Path log = folder.resolve("console.log");
    try (guest;
        Writer console = Files.newBufferedWriter(log)) {
      String line = guest.line();
      while (line != null && !line.equals(Console.END)) {
        console.write(line + "\n");
        Console.outcomeLine(line).ifPresent(outcome -> told.put(outcome.cell(), outcome));
        Optional<String> done = Console.doneLine(line);
        if (done.isPresent()) {
          hand.on(done.get());
        }
        line = guest.line();
      }
    } finally {
      watchdog.cancel(false);
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    String silence = "the guest went off before it told: " + lastWords(log);
    return cells.stream()
        .map(cell -> told.getOrDefault(cell.name(), Outcome.failed(cell, silence, seconds)))
        .toList();
  }

  /** The line that most likely says why; all of them are in the log. */
  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last =
        lines.stream()
            .filter(line -> line.contains("panic"))
            .findFirst()
            .orElse(lines.isEmpty() ? "it never said anything" : lines.get(lines.size() - 1));
    return "'" + last + "'; see " + log;
  }
}
