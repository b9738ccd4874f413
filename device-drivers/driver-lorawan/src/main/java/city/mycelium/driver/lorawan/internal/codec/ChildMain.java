package city.mycelium.driver.lorawan.internal.codec;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The process in which scripts run that nobody vouches for. Reads requests from its standard input
 * and writes an answer to each, one line of JSON at a time:
 *
 * <pre>
 * {"do":"install","codec":1,"name":"x.js","script":"…"}
 *     {"installed":true}   {"refused":"why","line":3}
 * {"do":"decode","codec":1,"bytes":"01ff","fPort":1,"recvTime":1764000000000}
 *     {"stopped":false,"answer":{"data":{…},"warnings":[…]}}
 * </pre>
 *
 * <p>Ends with its input, so that it does not outlive the gateway, whatever became of that; and by
 * itself if a script holds it for too long when nobody is left to end it.
 */
public final class ChildMain {

  /** What it says when it is ready. */
  static final String READY = "{\"ready\":true}";

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final RhinoEngine engine = new RhinoEngine(Limits.IN_CHILD);
  private final Map<Integer, RhinoCodec> codecs = new HashMap<>();

  private ChildMain() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err); // nothing else may come between
    Watchdog watchdog = new Watchdog();
    ChildMain child = new ChildMain();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      out.println(READY);
      out.flush();
      String line;
      while ((line = in.readLine()) != null) {
        watchdog.begin();
        out.println(child.answer(line));
        out.flush();
        watchdog.end();
      }
    }
  }

  private JsonObject answer(String line) {
    JsonObject request;
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      request = reader.readObject();
    }
    int number = request.getInt("codec");
    if (request.getString("do").equals("install")) {
      try {
        codecs.put(number, engine.install(request.getString("name"), request.getString("script")));
        return Json.createObjectBuilder().add("installed", true).build();
      } catch (CodecException e) {
        return Json.createObjectBuilder()
            .add("refused", String.valueOf(e.getMessage()))
            .add("line", e.line())
            .build();
      }
    }
    RhinoCodec codec = codecs.get(number);
    Answer answer =
        codec == null
            ? Answer.failed("the codec was not installed in this process")
            : codec.run(
                new CodecInput(
                    HexFormat.of().parseHex(request.getString("bytes")),
                    request.getInt("fPort"),
                    request.getJsonNumber("recvTime").longValueExact()));
    return Json.createObjectBuilder()
        .add("stopped", answer.stopped())
        .add("answer", answer.decoded().toJson())
        .build();
  }

  /** Ends the process if one request takes too long: the parent would have, if it were there. */
  private static final class Watchdog implements Runnable {

    private static final long IDLE = 0;

    private volatile long sinceNanos = IDLE;

    Watchdog() {
      Thread thread = new Thread(this, "watchdog");
      thread.setDaemon(true);
      thread.start();
    }

    void begin() {
      sinceNanos = System.nanoTime() | 1; // never IDLE
    }

    void end() {
      sinceNanos = IDLE;
    }

    @Override
    public void run() {
      while (true) {
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        long since = sinceNanos;
        if (since != IDLE && System.nanoTime() - since > LONGEST.toNanos()) {
          Runtime.getRuntime().halt(1);
        }
      }
    }
  }
}
