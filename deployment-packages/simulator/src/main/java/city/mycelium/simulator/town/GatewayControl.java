package city.mycelium.simulator.town;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Asks a running gateway through the UNIX socket in its data directory: one JSON request per line,
 * one JSON answer per line. Immutable, safe for use by many threads.
 */
public final class GatewayControl {

  private final Path socket;

  /** Of the gateway that runs on this data directory, now or later. */
  public GatewayControl(Path dataDirectory) {
    this.socket = dataDirectory.resolve("control.sock");
  }

  /** Asks for something that needs no arguments. */
  public JsonObject ask(String command) throws IOException {
    return ask(command, Map.of());
  }

  /**
   * Asks.
   *
   * @return the {@code answer} of {@code {"ok":true,"answer":{…}}}
   * @throws IOException if nobody is there or it says no
   */
  public JsonObject ask(String command, Map<String, String> arguments) throws IOException {
    JsonObjectBuilder named = Json.createObjectBuilder();
    arguments.forEach(named::add);
    JsonObjectBuilder question = Json.createObjectBuilder().add("command", command);
    if (!arguments.isEmpty()) {
      question.add("arguments", named);
    }
    String request = question.build() + "\n";
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the gateway closed the conversation");
      }
      JsonObject answer = Json.createReader(new StringReader(line)).readObject();
      if (!answer.getBoolean("ok", false)) {
        throw new IOException("the gateway said no: " + answer.getString("error", line));
      }
      return answer.getJsonObject("answer");
    } catch (JsonException | ClassCastException e) {
      throw new IOException("the gateway's answer is not understood", e);
    }
  }
}
