package city.mycelium.cli;

import city.mycelium.api.time.Clock;
import city.mycelium.driver.lorawan.internal.codec.ChildProcessEngine;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.CodecException;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code mycelium decode}: what a vendor's script makes of a payload, by the engine and within the
 * limits of a gateway, but in the process of the person who asks. Each script is read and compiled
 * once.
 */
final class Decode implements AutoCloseable {

  private static final String SCRIPT = "script";
  private static final String BYTES = "bytes";
  private static final String RECV_TIME = "recvTime";

  /** A script that can be run, or why not. */
  private record Installed(Optional<Codec> codec, String refusal) {}

  private final Clock clock;
  private final CodecEngine engine;
  private final ChildProcessEngine ownProcess;
  private final Map<String, Installed> installed = new HashMap<>();

  Decode(Clock clock) {
    this.clock = clock;
    Logger log = LoggerFactory.getLogger(Decode.class);
    this.engine = TrustedEngine.atDesk(clock, log);
    this.ownProcess = new ChildProcessEngine(ChildProcessEngine.ownClassPath(), clock, log);
  }

  /** One line of JSON for every line; a line that makes no sense gives errors like any other. */
  void lines(InputStream in, PrintStream out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String line;
    while ((line = lines.readLine()) != null) {
      out.println(decode(line).toJson());
    }
  }

  private Decoded decode(String line) {
    JsonObject request;
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      request = reader.readObject();
    } catch (JsonException e) { // parsson's message says where
      return failed("this line is no JSON object: " + e.getMessage());
    }
    if (!(request.get(SCRIPT) instanceof JsonString script)
        || !(request.get(BYTES) instanceof JsonString bytes)
        || request.get("fPort") == null) {
      return failed(
          "a line looks like {\"script\":\"path.js\",\"fPort\":1,\"bytes\":\"01ff\"}, with"
              + " \"recvTime\":\"2026-11-26T12:00:00Z\" if the script needs it");
    }
    String recvTime = "";
    if (request.containsKey(RECV_TIME)) {
      if (!(request.get(RECV_TIME) instanceof JsonString time)) {
        return failed("recvTime is a text such as \"2026-11-26T12:00:00Z\"");
      }
      recvTime = time.getString();
    }
    JsonValue port = request.get("fPort");
    return decode(script.getString(), port.toString(), bytes.getString(), recvTime);
  }

  /**
   * Decodes one payload.
   *
   * @param fPort 0 to 255, as it was typed
   * @param bytes hexadecimal; blanks and colons between them are fine
   * @param recvTime ISO 8601; empty for now
   */
  Decoded decode(String script, String fPort, String bytes, String recvTime) {
    CodecInput input;
    try {
      int port = Integer.parseInt(fPort);
      if (port < 0 || port > 255) {
        return failed("fPort is a number from 0 to 255, not " + fPort);
      }
      input =
          new CodecInput(
              HexFormat.of().parseHex(bytes.replaceAll("[\\s:]", "")), port, time(recvTime));
    } catch (NumberFormatException e) {
      return failed("fPort is a number from 0 to 255, not " + fPort);
    } catch (DateTimeParseException e) {
      return failed("recvTime is a time such as 2026-11-26T12:00:00Z, not " + recvTime);
    } catch (IllegalArgumentException e) {
      return failed("bytes are pairs of hexadecimal digits, such as 01ff: " + e.getMessage());
    }
    Installed codec = installed.computeIfAbsent(script, this::install);
    return codec.codec().map(c -> c.decode(input)).orElseGet(() -> failed(codec.refusal()));
  }

  @Override
  public void close() {
    ownProcess.close();
  }

  private long time(String text) {
    if (text.isEmpty()) {
      return clock.epochMillis();
    }
    return text.endsWith("Z")
        ? Instant.parse(text).toEpochMilli()
        : OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  private Installed install(String path) {
    try {
      String script = Files.readString(Path.of(path));
      CodecEngine fitting = TrustedEngine.canLimit(script) ? engine : ownProcess;
      return new Installed(Optional.of(fitting.install(path, script)), "");
    } catch (CodecException e) {
      return new Installed(Optional.empty(), String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return new Installed(Optional.empty(), "there is no script '" + path + "'");
    } catch (CharacterCodingException e) {
      return new Installed(Optional.empty(), path + " is no text in UTF-8");
    } catch (IOException | InvalidPathException e) {
      return new Installed(Optional.empty(), "cannot read " + path + ": " + e.getMessage());
    }
  }

  private static Decoded failed(String error) {
    return new Decoded.Failed(List.of(error));
  }

  /** For a person: a field a line, then what the script warns of. */
  static String text(Decoded decoded) {
    StringBuilder text = new StringBuilder();
    if (decoded instanceof Decoded.Fields fields) {
      int widest = fields.data().keySet().stream().mapToInt(String::length).max().orElse(0);
      fields
          .data()
          .forEach(
              (name, value) ->
                  text.append(
                      String.format("%-" + Math.max(1, widest) + "s  %s%n", name, plain(value))));
      fields.normalized().forEach(value -> text.append("normalized: ").append(value).append('\n'));
      fields.warnings().forEach(warning -> text.append("warning: ").append(warning).append('\n'));
    } else {
      ((Decoded.Failed) decoded).errors().forEach(error -> text.append(error).append('\n'));
    }
    return text.toString();
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
