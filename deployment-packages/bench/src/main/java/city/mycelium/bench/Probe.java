package city.mycelium.bench;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Something measured in a process of its own, with a gateway's options; it answers with JSON. */
public final class Probe {

  private Probe() {}

  public static JsonObject ask(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms24m",
            "-Xmx64m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier3InvocationThreshold=1000",
            "-XX:Tier3MinInvocationThreshold=500",
            "-XX:Tier3CompileThreshold=8000",
            "-Dtinylog.level=off",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    try (InputStream said = process.getInputStream();
        var reader = Json.createReader(said)) {
      JsonObject answer = reader.readObject();
      if (process.waitFor() != 0) {
        throw new IOException(main.getSimpleName() + " ended with " + process.exitValue());
      }
      return answer;
    } catch (JsonException e) {
      throw new IOException(main.getSimpleName() + " failed; it says above why", e);
    } finally {
      process.destroy();
    }
  }

  public static double number(JsonObject object, String name) {
    return object.getJsonNumber(name).doubleValue();
  }
}
