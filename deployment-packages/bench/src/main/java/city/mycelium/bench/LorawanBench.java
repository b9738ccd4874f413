package city.mycelium.bench;

import city.mycelium.testkit.PacketForwarder;
import jakarta.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench lorawan}: a thousand devices at two thousand uplinks a second through real UDP, from
 * the datagram to the receipt that says synced; and what codecs take.
 */
final class LorawanBench {

  /** A little more than what is asked for, so that the end of a run does not pull it below. */
  private static final int OFFERED_PER_SECOND = 2_050;

  private static final double GOAL_PER_SECOND = 2_000;

  /** Rounds of all devices: at first the JIT compiles in its own time, then it is measured. */
  private static final int WARM_ROUNDS = 20;

  private static final int ROUNDS = 40;
  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final double MILLI = 1e6;
  private static final double MB = 1_000_000;

  private final Path workspace;
  private final int runs;
  private final Optional<Path> corpus;

  LorawanBench(Path workspace, int runs, Optional<Path> corpus) {
    this.workspace = workspace;
    this.runs = runs;
    this.corpus = corpus;
  }

  /** What one run has shown. */
  private record Run(
      double perSecond,
      double lost,
      double medianMillis,
      double p99Millis,
      double processorPercent,
      double residentMb) {}

  Report run() throws IOException, InterruptedException {
    RadioLoad load = new RadioLoad((WARM_ROUNDS + ROUNDS) * RadioLoad.DEVICES);
    List<Run> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(once(load));
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.atLeast(
            "uplinks, 1,000 devices, UDP to journal",
            GOAL_PER_SECOND,
            "/s",
            all.stream().mapToDouble(Run::perSecond).toArray()));
    figures.add(
        Figure.atMost("uplinks lost", 0, "each", all.stream().mapToDouble(Run::lost).toArray()));
    figures.add(
        Figure.reported(
            "datagram to synced receipt, median",
            "ms",
            all.stream().mapToDouble(Run::medianMillis).toArray()));
    figures.add(
        Figure.reported(
            "datagram to synced receipt, 99th percentile",
            "ms",
            all.stream().mapToDouble(Run::p99Millis).toArray()));
    figures.add(
        Figure.reported(
            "processor use of the gateway's process",
            "% of a core",
            all.stream().mapToDouble(Run::processorPercent).toArray()));
    figures.add(
        Figure.reported(
            "resident memory, heap at most 64 MB",
            "MB",
            all.stream().mapToDouble(Run::residentMb).toArray()));
    CodecBench codecs = new CodecBench(runs, corpus);
    figures.addAll(codecs.figures());
    List<String> notes = new ArrayList<>();
    notes.add(
        "1,000 devices, "
            + OFFERED_PER_SECOND
            + " uplinks/s offered for "
            + ROUNDS * RadioLoad.DEVICES / OFFERED_PER_SECOND
            + " s after "
            + WARM_ROUNDS * RadioLoad.DEVICES / OFFERED_PER_SECOND
            + " s that are not measured; one frame a datagram, from another process on this"
            + " machine");
    notes.add(
        "each: base64, MIC, counter synced, decryption, a parking sensor's codec in Rhino,"
            + " pipeline, journal synced: 4 observations; one concentrator, so that none is waited"
            + " for");
    notes.addAll(codecs.notes());
    return new Report("lorawan", figures, notes);
  }

  private Run once(RadioLoad load) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(workspace, "lorawan");
    Files.writeString(folder.resolve("lorawan-devices.json"), RadioLoad.deviceFile().toString());
    int port = freePort();
    CompletableFuture<JsonObject> probe =
        CompletableFuture.supplyAsync(() -> ask(folder, port, load.count()));
    try (PacketForwarder forwarder = RadioLoad.forwarder(port)) {
      awaitGateway(forwarder, probe);
      load.send(forwarder, OFFERED_PER_SECOND);
      JsonObject answer = probe.get();
      return evaluated(load, receipts(folder.resolve("receipts"), load.count()), answer);
    } catch (ExecutionException e) {
      throw new IOException("the gateway's process failed: " + e.getMessage(), e);
    } finally {
      Workspace.delete(folder);
    }
  }

  private static JsonObject ask(Path folder, int port, int uplinks) {
    try {
      return Probe.ask(LorawanProbe.class, folder.toString(), "" + port, "" + uplinks);
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  /** A gateway that is there answers PULL_DATA. */
  private static void awaitGateway(PacketForwarder forwarder, CompletableFuture<JsonObject> probe)
      throws IOException {
    long end = System.nanoTime() + TO_START.toNanos();
    while (System.nanoTime() < end && !probe.isDone()) {
      try {
        forwarder.pull();
        if (forwarder.receiveDown(LOOK_EVERY).isPresent()) {
          return;
        }
      } catch (java.net.PortUnreachableException e) {
        // nobody listens yet
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    throw new IOException("the gateway's process does not answer");
  }

  private static long[] receipts(Path file, int count) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      LongBuffer all = ByteBuffer.wrap(in.readNBytes(count * Long.BYTES)).asLongBuffer();
      long[] receipts = new long[count];
      all.get(receipts);
      return receipts;
    }
  }

  private static Run evaluated(RadioLoad load, long[] receipts, JsonObject answer) {
    int from = WARM_ROUNDS * RadioLoad.DEVICES;
    double[] took = new double[load.count() - from];
    int came = 0;
    long last = 0;
    long lost = 0;
    for (int i = 0; i < receipts.length; i++) {
      if (receipts[i] == 0) {
        lost++;
      } else if (i >= from) {
        took[came++] = (receipts[i] - load.sentNanos(i)) / MILLI;
        last = Math.max(last, receipts[i]);
      }
    }
    double[] sorted = Arrays.copyOf(took, came);
    Arrays.sort(sorted);
    double wall = last - load.sentNanos(0);
    return new Run(
        came * 1e9 / (last - load.sentNanos(from)),
        lost,
        at(sorted, 0.5),
        at(sorted, 0.99),
        100 * Probe.number(answer, "processorNanos") / wall,
        Probe.number(answer, "residentBytes") / MB);
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
