package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself says of every LoRaWAN device: how well it is heard, and what was lost.
 */
final class LinkChannels {

  private LinkChannels() {}

  /**
   * How a frame was heard. Lost frames are a number per frame heard, 0 included: their mean over a
   * window is m lost per frame heard, so the share of lost frames is m / (1 + m), and a frame that
   * is brought twice counts once.
   */
  static List<Reading> of(Said said, @Nullable PhenomenonTime at) {
    List<Reading> readings = new ArrayList<>();
    said.rssiDbm()
        .ifPresent(
            dbm ->
                readings.add(
                    number(
                        said,
                        "rssi",
                        Vocabulary.SIGNAL_STRENGTH,
                        Unit.DECIBEL_MILLIWATT,
                        dbm,
                        at)));
    said.snrDb()
        .ifPresent(
            db ->
                readings.add(
                    number(said, "snr", Vocabulary.SIGNAL_TO_NOISE, Unit.DECIBEL, db, at)));
    said.framesLost()
        .ifPresent(
            n ->
                readings.add(
                    number(said, "frames-lost", Vocabulary.FRAMES_LOST, Unit.ONE, (double) n, at)));
    said.battery()
        .ifPresent(
            percent ->
                readings.add(
                    number(said, "battery", Vocabulary.BATTERY_LEVEL, Unit.PERCENT, percent, at)));
    said.downlinkSnrDb()
        .ifPresent(
            db ->
                readings.add(
                    number(
                        said, "downlink-snr", Vocabulary.SIGNAL_TO_NOISE, Unit.DECIBEL, db, at)));
    return readings;
  }

  /**
   * The payload itself, for one that could not be decoded, with the reasons: a JSON object whose
   * {@code fPort} and {@code bytes} are those of {@code mycelium decode}.
   */
  static Reading raw(Said said, List<String> errors, @Nullable PhenomenonTime at) {
    DeviceId device = said.id();
    return new Reading(
        new Channel(device, "raw", Vocabulary.UPLINK_PAYLOAD, Unit.ONE, null),
        at,
        new Result.Text(rawText(said, errors)),
        said.sourceKey());
  }

  /** The bytes always fit (at most 242 of them); the reasons take the room that is left. */
  private static String rawText(Said said, List<String> errors) {
    int each = 200;
    String text = rawText(said, errors, each);
    while (text.length() > Result.Text.MAX_CHARS) {
      each /= 2;
      text = each < 10 ? rawText(said, List.of(), 0) : rawText(said, errors, each);
    }
    return text;
  }

  private static String rawText(Said said, List<String> errors, int each) {
    JsonArrayBuilder words = Json.createArrayBuilder();
    for (String error : errors.subList(0, Math.min(3, errors.size()))) {
      words.add(error.length() > each ? error.substring(0, each) + "…" : error);
    }
    return Json.createObjectBuilder()
        .add("fPort", said.fPort())
        .add("bytes", HexFormat.of().formatHex(said.bytes()))
        .add("errors", words)
        .build()
        .toString();
  }

  private static Reading number(
      Said said,
      String name,
      ObservedProperty property,
      Unit unit,
      double value,
      @Nullable PhenomenonTime at) {
    return new Reading(
        new Channel(said.id(), name, property, unit, null),
        at,
        new Result.Measurement(value),
        said.sourceKey());
  }
}
