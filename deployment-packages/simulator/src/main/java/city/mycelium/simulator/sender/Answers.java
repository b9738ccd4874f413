package city.mycelium.simulator.sender;

import city.mycelium.simulator.kit.PostedValue;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file of answers, read back: what the gateway promised to keep, to be held against what is
 * really there. A body that was posted twice is promised once. Immutable, safe for use by many
 * threads.
 */
public final class Answers {

  private final Set<String> devices;
  private final List<PostedValue> promised;

  private Answers(Set<String> devices, List<PostedValue> promised) {
    this.devices = Set.copyOf(devices);
    this.promised = List.copyOf(promised);
  }

  /**
   * An observation that is there.
   *
   * @param from start of its phenomenonTime, epoch milliseconds
   */
  public record Stored(String datastream, long from, double value) {}

  /**
   * Reads the file. A last line that was not finished counts for nothing.
   *
   * @throws IOException if it cannot be read or a finished line makes no sense
   */
  public static Answers read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  static Answers parse(String text) throws IOException {
    List<Answer> answers = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      answers.add(parseLine(text.substring(start, end)));
      start = end + 1;
    }
    return of(answers);
  }

  private static Answers of(List<Answer> answers) {
    Set<String> devices = new TreeSet<>();
    Map<BodyOf, List<PostedValue>> kept = new LinkedHashMap<>();
    for (Answer answer : answers) {
      devices.add(answer.device());
      if (answer.isPromise()) {
        kept.putIfAbsent(new BodyOf(answer.device(), answer.body()), answer.values());
      }
    }
    return new Answers(devices, kept.values().stream().flatMap(List::stream).toList());
  }

  private record BodyOf(String device, long body) {}

  /** Every device that tried to post. */
  public Set<String> devices() {
    return devices;
  }

  /** Every value that the gateway promised to keep, in the order of the promises. */
  public List<PostedValue> promised() {
    return promised;
  }

  /** The same without these devices: the gateway holds their values back until they are adopted. */
  public Answers without(Set<String> others) {
    Set<String> left = new HashSet<>(devices);
    left.removeAll(others);
    return new Answers(
        left,
        promised.stream()
            .filter(value -> others.stream().noneMatch(d -> value.datastream().startsWith(d + "/")))
            .toList());
  }

  /**
   * The promised values that are not there: the broken promises. Each stored observation can keep
   * one promise: that of its Datastream, its value, and its time where the kit stated one.
   */
  public List<PostedValue> missingFrom(Iterable<Stored> stored) {
    Map<Sameness, Integer> there = new HashMap<>();
    Map<Sameness, Integer> timeless = new HashMap<>();
    for (Stored one : stored) {
      there.merge(new Sameness(one.datastream(), one.value(), one.from()), 1, Integer::sum);
      timeless.merge(new Sameness(one.datastream(), one.value(), null), 1, Integer::sum);
    }
    List<PostedValue> missing = new ArrayList<>();
    for (PostedValue value : promised) {
      Map<Sameness, Integer> in = value.from() == null ? timeless : there;
      Sameness same = new Sameness(value.datastream(), value.value(), value.from());
      if (in.merge(same, -1, Integer::sum) < 0) {
        missing.add(value);
      }
    }
    return missing;
  }

  /** A Datastream's values are all timed by the kit, or none is: the two counts never mix. */
  private record Sameness(String datastream, double value, @Nullable Long from) {
    Sameness {
      value += 0.0; // a negative zero is a zero for every store
    }
  }

  private static Answer parseLine(String line) throws IOException {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      JsonObject json = reader.readObject();
      List<PostedValue> values = new ArrayList<>();
      for (JsonValue each : json.getJsonArray("values")) {
        JsonObject value = each.asJsonObject();
        values.add(
            new PostedValue(
                value.getString("datastream"),
                value.getJsonNumber("value").doubleValue(),
                value.containsKey("from") ? millis(value.getString("from")) : null));
      }
      return new Answer(
          json.getString("device"),
          json.getJsonNumber("body").longValueExact(),
          millis(json.getString("postedAt")),
          json.getInt("status"),
          values);
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | DateTimeParseException e) { // parsson's ways to say that something else stands there
      throw new IOException("not a line of answers: " + line, e);
    }
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
