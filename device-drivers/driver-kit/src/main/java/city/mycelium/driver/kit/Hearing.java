package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.FrameDevice.FrameReader;
import city.mycelium.api.device.Scan;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.kit.Findings.Line;
import city.mycelium.driver.kit.Findings.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Hears a frame device as the gateway does, and judges what comes of it. */
final class Hearing {

  /** What a port keeps of an unfinished frame; a decoder that wants more never consumes. */
  private static final int MOST_UNFINISHED_BYTES = 8192;

  /** How many times a device says all it has to say before it must have been understood. */
  private static final int REPEATS = 4;

  private final FrameDeviceContract contract;
  private final FrameDevice<?> device;
  private final Map<String, Channel> channels;

  private Hearing(FrameDeviceContract contract, FrameDevice<?> device) {
    this.contract = contract;
    this.device = device;
    this.channels =
        ResultSet.channels(
            new DeviceId("kit.1"), contract.kind().description(), contract.interval());
  }

  static Hearing over(FrameDeviceContract contract, Findings findings) throws DeviceException {
    DeviceDescription kind = contract.kind().description();
    findings.subject(
        kind.name() + " (" + kind.title() + "); against damage: " + contract.integrity());
    return new Hearing(
        contract,
        contract.kind().device(contract.interval(), DeviceSettings.of(kind, contract.settings())));
  }

  FrameDevice<?> device() {
    return device;
  }

  /** A line that has just been opened. */
  Listener<?> listener() {
    return open(device, channels);
  }

  private static <F> Listener<F> open(FrameDevice<F> device, Map<String, Channel> channels) {
    return new Listener<>(device, channels);
  }

  /** What a healthy device gives. */
  List<Map<String, Result>> baseline() {
    Listener<?> listener = listener();
    listener.hear(contract.goldenStream());
    return listener.takeSets();
  }

  /**
   * Hears a disturbed stream on a line just opened: all sets of results that come must be golden
   * ones, in their order.
   *
   * @param mayBeUnseen whether other results are accepted, as declared
   */
  void judge(byte[] stream, boolean mayBeUnseen, String what, Line line) {
    Listener<?> listener = listener();
    try {
      listener.hear(stream);
    } catch (RuntimeException e) { // the device class is on trial: this is its failure, not ours
      line.fault(what + ": " + e + ", at " + e.getStackTrace()[0]);
      return;
    }
    List<Map<String, Result>> sets = listener.takeSets();
    List<Map<String, Result>> expected = baseline();
    if (sets.equals(expected)) {
      line.count(Outcome.HARMLESS);
    } else if (isPartOf(sets, expected)) {
      line.count(Outcome.NOTICED);
    } else if (mayBeUnseen) {
      line.count(Outcome.UNSEEN);
    } else {
      line.fault(what + ": went unnoticed, and gave " + sets + " for " + expected);
    }
  }

  /** After this, a healthy device is understood again. */
  void findsTheNextAfter(byte[] noise, String what, Line line) {
    Listener<?> listener = listener();
    listener.hear(noise);
    listener.takeSets();
    List<Map<String, Result>> expected = baseline();
    for (int i = 0; i < REPEATS; i++) {
      listener.hear(contract.goldenStream());
      if (listener.takeSets().containsAll(expected)) {
        line.count(Outcome.HELD);
        return;
      }
    }
    line.fault(what + ": the frames that follow are not found");
  }

  /** Noise with frames in it gives the same, however it is cut. */
  void sameInAnyPieces(int streams, Line line) {
    Random random = new Random(17);
    for (int i = 0; i < streams; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      byte[] golden = contract.goldenStream();
      byte[] all = Arrays.copyOf(noise, noise.length + 2 * golden.length);
      System.arraycopy(golden, 0, all, noise.length, golden.length);
      System.arraycopy(golden, 0, all, noise.length + golden.length, golden.length);
      Listener<?> whole = listener();
      whole.hear(all);
      Listener<?> pieces = listener();
      for (int from = 0; from < all.length; ) {
        int to = Math.min(all.length, from + 1 + random.nextInt(9));
        pieces.hear(Arrays.copyOfRange(all, from, to));
        from = to;
      }
      List<Map<String, Result>> expected = whole.takeSets();
      List<Map<String, Result>> actual = pieces.takeSets();
      if (actual.equals(expected)) {
        line.count(Outcome.HELD);
      } else {
        line.fault("noise and frames no. " + i + " in pieces: " + actual + ", whole: " + expected);
      }
    }
  }

  private static <T> boolean isPartOf(List<T> some, List<T> all) {
    Iterator<T> rest = all.iterator();
    for (T one : some) {
      boolean found = false;
      while (!found && rest.hasNext()) {
        found = rest.next().equals(one);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /** One open line. */
  static final class Listener<F> {

    private final FrameDevice<F> device;
    private final FrameReader<F> reader;
    private final Map<String, Channel> channels;
    private final List<Map<String, Result>> sets = new ArrayList<>();
    private byte[] unfinished = new byte[0];

    private Listener(FrameDevice<F> device, Map<String, Channel> channels) {
      this.device = device;
      this.reader = device.reader();
      this.channels = channels;
    }

    void hear(byte[] chunk) {
      byte[] bytes = Arrays.copyOf(unfinished, unfinished.length + chunk.length);
      System.arraycopy(chunk, 0, bytes, unfinished.length, chunk.length);
      Scan<F> scan = device.scan(bytes);
      if (scan.consumed() < 0 || scan.consumed() > bytes.length) {
        throw new AssertionError(
            "a scan of " + bytes.length + " bytes consumed " + scan.consumed());
      }
      unfinished = Arrays.copyOfRange(bytes, scan.consumed(), bytes.length);
      if (unfinished.length > MOST_UNFINISHED_BYTES) {
        throw new AssertionError(
            "the decoder wants " + unfinished.length + " bytes again: no frame is that long");
      }
      scan.frames().forEach(this::read);
    }

    private void read(F frame) {
      ResultSet set = new ResultSet(channels);
      try {
        reader.read(frame, set);
      } catch (DeviceException e) {
        return; // noticed: what was put before counts for nothing
      }
      Map<String, Result> results = new LinkedHashMap<>();
      for (Reading reading : set.readings()) {
        results.put(reading.channel().name(), reading.result());
      }
      if (!results.isEmpty()) {
        sets.add(results);
      }
    }

    /** The sets of results since the last time. */
    List<Map<String, Result>> takeSets() {
      List<Map<String, Result>> taken = List.copyOf(sets);
      sets.clear();
      return taken;
    }
  }
}
