package city.mycelium.cli;

import city.mycelium.driver.host.record.RecordFormat;
import city.mycelium.driver.host.record.RecordLine;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code mycelium replay FILE}: needs no gateway. */
final class ReplayWords {

  private ReplayWords() {}

  /**
   * Replays a record and prints each result, in the order of the record's time.
   *
   * @param out where results go, a line each
   * @return the account: a row per device, and {@code sound} if something was kept on site, and all
   *     of it came out here
   * @throws UsageException if it is not said what to replay, or the speed is none
   * @throws IOException if the file is no record
   */
  static JsonObject run(CommandLine line, Replay replay, PrintStream out)
      throws UsageException, IOException {
    if (line.words().size() != 2) {
      throw new UsageException("say which record: mycelium replay FILE [--speed N]");
    }
    double speed = speed(line.option("speed").orElse("0"));
    List<Replay.Device> devices = replay.run(Path.of(line.words().get(1)));
    tell(devices, speed, line.has("json"), out);
    return account(devices);
  }

  private static double speed(String text) throws UsageException {
    try {
      double speed = Double.parseDouble(text);
      if (speed >= 0 && speed <= 1e6) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--speed is how many times as fast as in life, such as 1 or 60; without it as fast as it"
            + " goes, not '"
            + text
            + "'");
  }

  private record Told(Replay.Device device, Replay.Outcome outcome) {}

  private static void tell(List<Replay.Device> devices, double speed, boolean json, PrintStream out)
      throws IOException {
    List<Told> all = new ArrayList<>();
    devices.forEach(device -> device.results().forEach(o -> all.add(new Told(device, o))));
    all.sort(Comparator.comparingLong(told -> told.outcome().micros()));
    long before = 0;
    for (Told told : all) {
      if (speed > 0) {
        pause((long) ((told.outcome().micros() - before) / 1_000.0 / speed));
        before = told.outcome().micros();
      }
      out.println(json ? asJson(told) : asText(told));
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The time of the result: its own, else that of its receipt on site. */
  private static String time(Replay.Outcome outcome) {
    var own = outcome.value().time();
    return own != null
        ? own.toString()
        : outcome.receivedAt().map(at -> Instant.ofEpochMilli(at).toString()).orElse("");
  }

  private static String asText(Told told) {
    return String.format(
        Locale.ROOT,
        "%12.3f s  %-24s  %s/%s  %s",
        told.outcome().micros() / 1e6,
        time(told.outcome()),
        told.device().id(),
        told.outcome().value().channel(),
        ResultText.of(told.outcome().value().result()));
  }

  /** As a line of a record, so that one form serves both; without a time that nobody gave it. */
  private static String asJson(Told told) {
    String line =
        RecordFormat.write(
            new RecordLine.Kept(
                told.outcome().micros(),
                told.device().id(),
                told.outcome().receivedAt().orElse(0L),
                List.of(told.outcome().value())));
    if (told.outcome().receivedAt().isPresent()) {
      return line;
    }
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return Json.createObjectBuilder(reader.readObject()).remove("receivedAt").build().toString();
    }
  }

  private static JsonObject account(List<Replay.Device> devices) {
    JsonArrayBuilder rows = Json.createArrayBuilder();
    for (Replay.Device device : devices) {
      rows.add(
          Json.createObjectBuilder()
              .add("device", device.id().value())
              .add("kind", device.kind())
              .add("keptOnSite", device.kept() - device.earlier())
              .add("equalHere", device.equal())
              .add("later", device.later())
              .add("masked", device.masked())
              .add("verdict", verdict(device)));
    }
    return Json.createObjectBuilder()
        .add("devices", rows)
        .add(
            "sound",
            devices.stream().allMatch(Replay.Device::isEqual)
                && devices.stream().anyMatch(device -> device.equal() > 0))
        .build();
  }

  private static String verdict(Replay.Device device) {
    if (!device.trouble().isEmpty()) {
      return "not replayed: " + device.trouble();
    }
    if (device.masked() > 0) {
      return "personal: not recorded";
    }
    if (device.differing() > 0) {
      return "result " + device.differing() + " is another one here";
    }
    return device.kept() == 0 ? "nothing was kept on site" : "equal, bit for bit";
  }
}
