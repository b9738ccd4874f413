package city.mycelium.simulator.sender;

import city.mycelium.simulator.kit.PostedValue;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * The file of answers, one JSON object per line: what the gateway was told and what it said to
 * that. A line is with the operating system before the sender goes on, so that it outlives this
 * process. Safe for use by many threads.
 */
public final class AnswerLog implements AutoCloseable {

  private final FileChannel file;

  private AnswerLog(FileChannel file) {
    this.file = file;
  }

  /** Goes on at the end of the file, or begins one. */
  public static AnswerLog appendTo(Path path) throws IOException {
    return new AnswerLog(
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /**
   * Writes it down.
   *
   * @throws UncheckedIOException if it cannot be written: then nothing that follows could be
   *     proven, and the simulator had better stop
   */
  public synchronized void note(Answer answer) {
    ByteBuffer line = ByteBuffer.wrap((json(answer) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file of answers cannot be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }

  private static String json(Answer answer) {
    JsonArrayBuilder values = Json.createArrayBuilder();
    for (PostedValue value : answer.values()) {
      JsonObjectBuilder one =
          Json.createObjectBuilder()
              .add("datastream", value.datastream())
              .add("value", value.value());
      if (value.from() != null) {
        one.add("from", Instant.ofEpochMilli(value.from()).toString());
      }
      values.add(one);
    }
    return Json.createObjectBuilder()
        .add("device", answer.device())
        .add("body", answer.body())
        .add("postedAt", Instant.ofEpochMilli(answer.postedAt()).toString())
        .add("status", answer.status())
        .add("values", values)
        .build()
        .toString();
  }
}
