package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a PUSH_DATA (PROTOCOL.TXT, 4). A frame that cannot be used costs no other.
 *
 * @param frames those that can be used, in their order
 * @param bad why each of the others cannot
 * @param badCrc how many frames had a wrong CRC
 * @param stat what the forwarder says of itself; null if nothing
 */
record PushBody(List<Rxpk> frames, List<String> bad, int badCrc, @Nullable ForwarderStat stat) {

  /** Microseconds, 32 bits: it wraps every 71.6 minutes. */
  private static final long MOST_TMST = 0xffff_ffffL;

  private static final int MOST_PHY_PAYLOAD = 255;
  private static final double HZ_PER_MHZ = 1e6;

  /** Of any LoRa radio; keeps nonsense out. */
  private static final double MOST_MHZ = 6_000;

  private static final long MOST_COUNT = Long.MAX_VALUE;

  /**
   * Reads it.
   *
   * @throws RefusedException if it is no such JSON at all
   */
  static PushBody read(String text) throws RefusedException {
    Fields root = new Fields(BoundedJson.object(text));
    JsonArray reports = root.array("rxpk");
    List<Rxpk> frames = new ArrayList<>(reports.size());
    List<String> bad = new ArrayList<>();
    int badCrc = 0;
    for (JsonValue report : reports) {
      try {
        if (!(report instanceof JsonObject object)) {
          throw new RefusedException("it is not an object");
        }
        Fields fields = new Fields(object);
        if (fields.whole("stat", -1, 1, 0) < 0) {
          badCrc++;
        } else {
          frames.add(frame(fields));
        }
      } catch (RefusedException e) {
        bad.add(String.valueOf(e.getMessage()));
      }
    }
    return new PushBody(frames, bad, badCrc, root.has("stat") ? stat(root.object("stat")) : null);
  }

  private static Rxpk frame(Fields fields) throws RefusedException {
    byte[] payload = Base64Text.read(fields.needText("data"));
    if (payload.length < 1 || payload.length > MOST_PHY_PAYLOAD) {
      throw new RefusedException("a frame of " + payload.length + " bytes is none");
    }
    long size = fields.whole("size", 0, Integer.MAX_VALUE, payload.length);
    if (size != payload.length) {
      throw new RefusedException("size says " + size + ", data has " + payload.length + " bytes");
    }
    double megahertz = fields.needNumber("freq");
    if (megahertz <= 0 || megahertz > MOST_MHZ) {
      throw new RefusedException("freq is " + megahertz + " MHz");
    }
    Signal signal = Signal.of(fields);
    return new Rxpk(
        payload,
        fields.needWhole("tmst", 0, MOST_TMST),
        Math.round(megahertz * HZ_PER_MHZ),
        dataRate(fields.value("datr")),
        signal.rssi,
        signal.snr);
  }

  /** A text such as {@code SF7BW125} for LoRa, a number of bits per second for FSK. */
  private static DataRate dataRate(@Nullable JsonValue value) throws RefusedException {
    try {
      if (value instanceof JsonString text) {
        return DataRateText.lora(text.getString());
      }
      if (value instanceof JsonNumber number) {
        return new DataRate.Fsk(number.intValue());
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
    throw new RefusedException("datr is missing");
  }

  private record Signal(double rssi, double snr) {

    /**
     * At the top; or, of a forwarder with several antennas (protocol 1.5, {@code rsig}), of the one
     * that heard best.
     */
    static Signal of(Fields fields) throws RefusedException {
      OptionalDouble rssi = fields.number("rssi");
      double snr = fields.number("lsnr").orElse(0);
      if (rssi.isPresent()) {
        return new Signal(rssi.getAsDouble(), snr);
      }
      Signal best = null;
      for (JsonValue antenna : fields.array("rsig")) {
        if (antenna instanceof JsonObject object) {
          Fields signal = new Fields(object);
          OptionalDouble channel = signal.number("rssic");
          double itsSnr = signal.number("lsnr").orElse(0);
          if (channel.isPresent() && (best == null || itsSnr > best.snr)) {
            best = new Signal(channel.getAsDouble(), itsSnr);
          }
        }
      }
      if (best == null) {
        throw new RefusedException("rssi is missing");
      }
      return best;
    }
  }

  private static ForwarderStat stat(Fields stat) throws RefusedException {
    return new ForwarderStat(
        stat.whole("rxnb", 0, MOST_COUNT, 0),
        stat.whole("rxok", 0, MOST_COUNT, 0),
        stat.whole("rxfw", 0, MOST_COUNT, 0),
        stat.number("ackr").orElse(Double.NaN),
        stat.whole("dwnb", 0, MOST_COUNT, 0),
        stat.whole("txnb", 0, MOST_COUNT, 0));
  }
}
