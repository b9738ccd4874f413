package city.mycelium.driver.lorawan.internal.feed;

import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The kinds of values that both networks use: they write JSON by the rules of proto3. */
final class Values {

  /** The years 2000 to 2100: what is outside is no time at which a LoRaWAN uplink was received. */
  private static final long EARLIEST = 946_684_800_000L;

  private static final long LATEST = 4_102_444_800_000L;

  private static final double MOST_PERCENT = 100;

  private Values() {}

  static Eui eui(Fields fields, String name) throws RefusedException {
    try {
      return Eui.parse(fields.needText(name));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + ": " + e.getMessage(), e);
    }
  }

  /** RFC 3339, with up to nine digits after the second and any offset; less than 1 ms is cut. */
  static long time(String text) throws RefusedException {
    try {
      long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      if (millis < EARLIEST || millis > LATEST) {
        throw new RefusedException("'" + text + "' is no time at which anything was received");
      }
      return millis;
    } catch (DateTimeException | ArithmeticException e) {
      throw new RefusedException("'" + text + "' is no time by RFC 3339", e);
    }
  }

  /** What can be a percentage; NaN if it is none. */
  static double percent(double value) {
    return value >= 0 && value <= MOST_PERCENT ? value : Double.NaN;
  }

  /** Base64 in its standard form; nothing is left out. */
  static byte[] bytes(Fields fields, String name) throws RefusedException {
    try {
      return Base64.getDecoder().decode(fields.text(name).orElse(""));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + " is no base64", e);
    }
  }

  /** The object of a name; null if it is not there. */
  static @Nullable JsonObject objectOrNull(Fields fields, String name) throws RefusedException {
    return fields.has(name) ? fields.object(name).json() : null;
  }

  /**
   * Who heard best.
   *
   * @param number how many heard
   * @param rssi dBm; NaN if nobody says
   * @param snr dB; NaN if nobody says
   */
  record Signal(int number, double rssi, double snr) {}

  /** The best of those that say how well they heard: by SNR, then by RSSI. A zero is left out. */
  static Signal best(JsonArray gateways) throws RefusedException {
    double rssi = Double.NaN;
    double snr = Double.NaN;
    for (JsonValue gateway : gateways) {
      if (!(gateway instanceof JsonObject object)) {
        throw new RefusedException("a gateway's report is not an object");
      }
      Fields fields = new Fields(object);
      if (!fields.has("rssi") && !fields.has("snr")) {
        continue;
      }
      double itsRssi = fields.number("rssi").orElse(0);
      double itsSnr = fields.number("snr").orElse(0);
      if (Double.isNaN(snr) || itsSnr > snr || (itsSnr == snr && itsRssi > rssi)) {
        rssi = itsRssi;
        snr = itsSnr;
      }
    }
    return new Signal(gateways.size(), rssi, snr);
  }
}
