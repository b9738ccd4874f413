package city.mycelium.bench;

import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.lorawan.internal.codec.ChildProcessEngine;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecException;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.helpers.NOPLogger;

/**
 * A folder of public payload formatters with examples, run by us and by node.js, each on its own.
 * Two layouts are understood, and may be mixed:
 *
 * <ul>
 *   <li>{@code NAME.js} beside {@code NAME.examples.json}: a list of {@code {"fPort": 1, "bytes":
 *       "01ff"}}, with {@code "recvTime"} where it matters;
 *   <li>that of The Things Network's device repository: {@code NAME.yaml} with {@code
 *       uplinkDecoder: fileName, examples}, of which the inputs are read. Of YAML, only what they
 *       write there.
 * </ul>
 *
 * <p>What an example says should come out is not looked at: node.js is the reference.
 */
final class CodecCorpus {

  private static final String SUFFIX = ".examples.json";
  private static final String DEFAULT_TIME = "2026-11-26T00:00:00Z";
  private static final double SAME = 1e-9;

  private static final Pattern SECTION =
      Pattern.compile("(?ms)^uplinkDecoder:[^\\n]*\\n(.*?)(?=^\\S|\\z)");
  private static final Pattern FILE = Pattern.compile("(?m)^\\s+fileName:\\s*['\"]?([^\\s'\"#]+)");
  private static final Pattern INPUT =
      Pattern.compile("(?s)\\binput:(.*?)(?=\\b(?:output|normalizedOutput|input):|\\z)");
  private static final Pattern PORT = Pattern.compile("\\bfPort:\\s*(\\d+)");
  private static final Pattern BYTES =
      Pattern.compile("(?s)\\bbytes:\\s*(?:\\[(.*?)\\]|((?:\\n\\s*-\\s*\\w+)+))");
  private static final Pattern TIME = Pattern.compile("\\brecvTime:\\s*['\"]?([0-9T:.Z+-]+)");
  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|\\d+");

  private final Path folder;

  /** One payload for one script. */
  private record Example(Path script, int fPort, String bytes, String recvTime) {

    JsonObject toJson() {
      return Json.createObjectBuilder()
          .add("script", script.toString())
          .add("fPort", fPort)
          .add("bytes", bytes)
          .add("recvTime", recvTime)
          .build();
    }
  }

  /**
   * How it went.
   *
   * @param byNode how many node.js decodes
   * @param same how many of these come out with the same values here
   * @param differences the others, each in words
   */
  record Share(int scripts, int examples, int byNode, int same, List<String> differences) {}

  CodecCorpus(Path folder) {
    this.folder = folder;
  }

  /** Nothing if there is no node.js. */
  Optional<Share> compare() throws IOException, InterruptedException {
    List<Example> examples = examples();
    Optional<List<JsonObject>> byNode = node(examples);
    if (byNode.isEmpty()) {
      return Optional.empty();
    }
    List<Decoded> ours = ours(examples);
    int decoded = 0;
    int same = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      JsonValue expected = byNode.get().get(i).get("data");
      if (!(expected instanceof JsonObject)) {
        continue;
      }
      decoded++;
      JsonObject actual = ours.get(i).toJson();
      if (actual.get("data") != null && isSame(expected, actual.get("data"))) {
        same++;
      } else {
        Example example = examples.get(i);
        differences.add(
            folder.relativize(example.script())
                + " "
                + example.bytes()
                + ": "
                + actual.toString().substring(0, Math.min(200, actual.toString().length())));
      }
    }
    int scripts = (int) examples.stream().map(Example::script).distinct().count();
    return Optional.of(new Share(scripts, examples.size(), decoded, same, differences));
  }

  // --- reading -------------------------------------------------------------------------------

  private List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(SUFFIX)) {
        String script = name.substring(0, name.length() - SUFFIX.length()) + ".js";
        fromJson(file, file.resolveSibling(script), examples);
      } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        fromYaml(file, examples);
      }
    }
    return examples;
  }

  private static void fromJson(Path file, Path script, List<Example> examples) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      for (JsonObject example : reader.readArray().getValuesAs(JsonObject.class)) {
        examples.add(
            new Example(
                script,
                example.getInt("fPort"),
                example.getString("bytes"),
                example.getString("recvTime", DEFAULT_TIME)));
      }
    }
  }

  private static void fromYaml(Path file, List<Example> examples) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Matcher section = SECTION.matcher(text);
    if (!section.find()) {
      return; // a device or a profile
    }
    Matcher script = FILE.matcher(section.group(1));
    if (!script.find()) {
      return;
    }
    Path path = file.resolveSibling(script.group(1));
    Matcher input = INPUT.matcher(section.group(1));
    while (Files.exists(path) && input.find()) {
      Matcher bytes = BYTES.matcher(input.group(1));
      Matcher port = PORT.matcher(input.group(1));
      Matcher time = TIME.matcher(input.group(1));
      if (bytes.find()) {
        String list = bytes.group(1) == null ? bytes.group(2) : bytes.group(1);
        examples.add(
            new Example(
                path,
                port.find() ? Integer.parseInt(port.group(1)) : 1,
                hex(list),
                time.find() ? time.group(1) : DEFAULT_TIME));
      }
    }
  }

  private static String hex(String list) {
    StringBuilder hex = new StringBuilder();
    Matcher number = NUMBER.matcher(list);
    while (number.find()) {
      hex.append(HexFormat.of().toHexDigits((byte) (int) Integer.decode(decimal(number.group()))));
    }
    return hex.toString();
  }

  /** Integer.decode takes a leading zero for octal, YAML 1.2 does not. */
  private static String decimal(String number) {
    return number.matches("0\\d+") ? number.replaceFirst("^0+(?=\\d)", "") : number;
  }

  // --- running -------------------------------------------------------------------------------

  private static List<Decoded> ours(List<Example> examples) {
    SystemClock clock = new SystemClock();
    List<Decoded> results = new ArrayList<>();
    Map<Path, Optional<Codec>> codecs = new HashMap<>();
    TrustedEngine engine = TrustedEngine.atDesk(clock, NOPLogger.NOP_LOGGER);
    try (ChildProcessEngine child =
        new ChildProcessEngine(ChildProcessEngine.ownClassPath(), clock, NOPLogger.NOP_LOGGER)) {
      for (Example example : examples) {
        Optional<Codec> codec =
            codecs.computeIfAbsent(example.script(), path -> install(path, engine, child));
        CodecInput input =
            new CodecInput(
                HexFormat.of().parseHex(example.bytes()),
                example.fPort(),
                Instant.parse(example.recvTime()).toEpochMilli());
        results.add(
            codec
                .map(c -> c.decode(input))
                .orElseGet(() -> new Decoded.Failed(List.of("refused when it was installed"))));
      }
    }
    return results;
  }

  private static Optional<Codec> install(
      Path path, TrustedEngine engine, ChildProcessEngine child) {
    try {
      String script = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      return Optional.of(
          (TrustedEngine.canLimit(script) ? engine : child).install(path.toString(), script));
    } catch (CodecException e) { // counted as not decoded
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<List<JsonObject>> node(List<Example> examples)
      throws IOException, InterruptedException {
    Path driver = Files.createTempFile("mycelium-corpus", ".js");
    try (InputStream text = CodecCorpus.class.getResourceAsStream("corpus-node.js")) {
      if (text == null) {
        throw new IllegalStateException("corpus-node.js is missing from this jar");
      }
      Files.write(driver, text.readAllBytes());
      ProcessBuilder builder = new ProcessBuilder("node", driver.toString());
      builder.environment().put("TZ", "UTC");
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      Process process;
      try {
        process = builder.start();
      } catch (IOException e) { // not installed
        return Optional.empty();
      }
      Thread writer = new Thread(() -> write(process, examples), "examples");
      writer.start();
      List<JsonObject> results = new ArrayList<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line;
        while ((line = lines.readLine()) != null) {
          try (JsonReader reader = Json.createReader(new StringReader(line))) {
            results.add(reader.readObject());
          }
        }
      }
      writer.join();
      if (process.waitFor() != 0 || results.size() != examples.size()) {
        throw new IOException("node.js did not get to the end of the examples");
      }
      return Optional.of(results);
    } finally {
      Files.delete(driver);
    }
  }

  private static void write(Process process, List<Example> examples) {
    try (Writer to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
      for (Example example : examples) {
        to.write(example.toJson() + "\n");
      }
    } catch (IOException e) { // node.js has ended: the missing answers say so
      process.destroy();
    }
  }

  // --- comparing -----------------------------------------------------------------------------

  static boolean isSame(JsonValue a, JsonValue b) {
    if (a instanceof JsonObject left && b instanceof JsonObject right) {
      return left.keySet().equals(right.keySet())
          && left.entrySet().stream()
              .allMatch(
                  entry ->
                      isSame(entry.getValue(), right.getOrDefault(entry.getKey(), JsonValue.NULL)));
    }
    if (a instanceof JsonArray left && b instanceof JsonArray right) {
      if (left.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < left.size(); i++) {
        if (!isSame(left.get(i), right.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof JsonNumber left && b instanceof JsonNumber right) {
      double difference = Math.abs(left.doubleValue() - right.doubleValue());
      return difference <= SAME * Math.max(1, Math.abs(left.doubleValue()));
    }
    if (a instanceof JsonString left && b instanceof JsonString right) {
      return left.getString().equals(right.getString());
    }
    return a.equals(b);
  }
}
