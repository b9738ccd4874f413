package city.mycelium.bench;

import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.helpers.NOPLogger;

/**
 * A process of its own with a gateway's options, in which a hundred different scripts are installed
 * and used; what they hold on to is said. Then hostile ones are run, each to its end.
 */
final class CodecProbe {

  /** By what they try. */
  static final Map<String, String> HOSTILE = hostile();

  private static final int CODECS = 100;

  private CodecProbe() {}

  private static Map<String, String> hostile() {
    Map<String, String> scripts = new LinkedHashMap<>();
    scripts.put("endless loop", "while (true) {}");
    scripts.put("endless loop that catches", "for (;;) { try { for (;;) {} } catch (e) {} }");
    scripts.put("endless recursion", "(function f() { return f() + 1; })()");
    scripts.put("a text of 500 MB", "'x'.repeat(5e8)");
    scripts.put(
        "a text of 500 MB by doubling", "var s = 'x'; while (s.length < 5e8) { s += s; } s[1]");
    scripts.put("a list of 50 million, filled", "new Array(5e7).fill(1)");
    scripts.put("a list that grows without end", "var a = []; for (;;) { a.push({}); }");
    scripts.put("a catastrophic regular expression", "/^(a|a)*$/.test('" + "a".repeat(60) + "b')");
    return Collections.unmodifiableMap(scripts);
  }

  public static void main(String[] arguments) throws Exception {
    long before = usedBytes();
    TrustedEngine engine = TrustedEngine.inGateway(new SystemClock(), NOPLogger.NOP_LOGGER);
    List<Codec> codecs = new ArrayList<>();
    CodecInput input = new CodecInput(new byte[] {1, 2, 3, 4}, 1, 0);
    for (int i = 0; i < CODECS; i++) {
      Codec codec = engine.install("codec-" + i, script(i));
      if (!(codec.decode(input) instanceof Decoded.Fields)) {
        throw new IllegalStateException("codec " + i + " does not decode");
      }
      codecs.add(codec);
    }
    long held = usedBytes() - before;
    JsonObjectBuilder millis = Json.createObjectBuilder();
    for (Map.Entry<String, String> hostile : HOSTILE.entrySet()) {
      Codec codec =
          engine.install(
              hostile.getKey(),
              "function decodeUplink(input) { " + hostile.getValue() + "; return {data: {}}; }");
      long begin = System.nanoTime();
      if (!(codec.decode(input) instanceof Decoded.Failed)) {
        throw new IllegalStateException(hostile.getKey() + " was not stopped");
      }
      millis.add(hostile.getKey(), (System.nanoTime() - begin) / 1e6);
    }
    System.out.println(
        Json.createObjectBuilder()
            .add("heapBytes", held)
            .add("codecs", codecs.size())
            .add("stoppedMillis", millis)
            .build());
  }

  /**
   * Another one for every number. Public ones have 5 KB in the middle, and one in twenty more than
   * 38 KB: so have these.
   */
  private static String script(int number) {
    int blocks = number % 20 == 19 ? 95 : 8 + number % 10;
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < blocks; i++) {
      script.append(
          """
          // A part of the payload of device %1$d.
          function part%2$d(bytes, data) {
            var raw = bytes[%2$d %% bytes.length] << 8 | bytes[(%2$d + 1) %% bytes.length];
            if (raw > 0x7fff) {
              raw -= 0x10000;
            }
            var names = ['temperature', 'humidity', 'pressure', 'level_%1$d_%2$d'];
            data[names[raw & 3] + '_%1$d_%2$d'] = Math.round(raw * %3$d) / 100;
            return data;
          }

          """
              .formatted(number, i, number * 100 + i));
    }
    script.append("function decodeUplink(input) { var data = {};");
    for (int i = 0; i < blocks; i++) {
      script.append(" part").append(i).append("(input.bytes, data);");
    }
    return script.append(" return {data: data}; }").toString();
  }

  private static long usedBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) { // a collection may leave something for the next
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
