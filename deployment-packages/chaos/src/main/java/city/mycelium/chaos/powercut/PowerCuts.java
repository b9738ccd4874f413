package city.mycelium.chaos.powercut;

import city.mycelium.simulator.guest.GuestMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a guest's power at random moments and compares, after each next start, what had been
 * acknowledged as synced with what is there. For one thread.
 */
public final class PowerCuts {

  private static final Pattern ACK = Pattern.compile("ACK (\\d+)");
  private static final Pattern INTACT = Pattern.compile("CHECK intact to (\\d+)");
  private static final int FEWEST_ACKS = 30;
  private static final int MOST_ACKS = 150;

  /** A control that loses nothing in so many cuts proves that these cuts are none. */
  private static final int CONTROL_CUTS = 5;

  private final Path folder;
  private final SplittableRandom random;

  /**
   * What came of the cuts of one disk.
   *
   * @param cuts how often the power was cut
   * @param acknowledged how many Observations were acknowledged as synced
   * @param missing how many acknowledged ones were not there after the start that followed
   */
  public record Outcome(int cuts, long acknowledged, long missing) {}

  public PowerCuts(Path folder, long seed) {
    this.folder = folder;
    random = new SplittableRandom(seed);
  }

  /**
   * Cuts the power of a journal that syncs.
   *
   * @throws IOException if a start says nothing, or finds a damaged journal: that is a failure, in
   *     words
   */
  public Outcome run(int cuts) throws IOException, InterruptedException {
    return run(Disk.make(folder, Disk.SYNCED), cuts, false);
  }

  /** The same with a journal that does not wait for its disk, until something is missing. */
  public Outcome control() throws IOException, InterruptedException {
    return run(Disk.make(folder, Disk.CONTROL), CONTROL_CUTS, true);
  }

  private Outcome run(Disk disk, int cuts, boolean untilMissing) throws IOException {
    long promised = 0;
    long acknowledged = 0;
    long missing = 0;
    for (int cut = 0; ; cut++) {
      boolean lookOnly = cut == cuts || (untilMissing && missing > 0);
      Life life = live(disk, lookOnly ? 0 : random.nextInt(FEWEST_ACKS, MOST_ACKS + 1));
      missing += Math.max(0, promised - life.found());
      acknowledged += life.promised() - life.found();
      if (lookOnly) {
        return new Outcome(cut, acknowledged, missing);
      }
      promised = life.promised();
    }
  }

  /**
   * From one start to the next cut.
   *
   * @param found the last offset that was there after the start
   * @param promised the last offset that was acknowledged before the cut
   */
  private record Life(long found, long promised) {}

  private Life live(Disk disk, int acks) throws IOException {
    try (GuestMachine guest = GuestStart.boot(folder, disk)) {
      long found = check(guest);
      long promised = found;
      int heard = 0;
      String line;
      // What was on its way to the console when the power went was acknowledged all the same.
      while ((line = next(guest, heard >= acks)) != null) {
        Matcher ack = ACK.matcher(line);
        if (ack.matches()) {
          promised = Long.parseLong(ack.group(1));
          heard++;
        }
      }
      if (heard < acks) {
        throw new IOException(
            "the guest went off by itself after " + heard + " acknowledgements: " + guest.said());
      }
      return new Life(found, promised);
    }
  }

  private static @Nullable String next(GuestMachine guest, boolean enough) throws IOException {
    if (enough) {
      guest.cut();
    }
    return guest.line();
  }

  private static long check(GuestMachine guest) throws IOException {
    String line;
    while ((line = guest.line()) != null) {
      Matcher intact = INTACT.matcher(line);
      if (intact.matches()) {
        return Long.parseLong(intact.group(1));
      }
      if (line.startsWith("CHECK")) {
        throw new IOException("after a power cut the journal is not whole: " + line);
      }
    }
    throw new IOException("the guest started and never said what it found: " + guest.said());
  }
}
