package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A gateway that runs, asked through the UNIX socket in its data directory. */
final class RunningGateway implements Gateway {

  private final SocketChannel channel;
  private final BufferedReader answers;

  private RunningGateway(SocketChannel channel) {
    this.channel = channel;
    answers =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /** The gateway that runs on this data, or nothing if none does. */
  static Optional<Gateway> find(Path socket) {
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RunningGateway(SocketChannel.open(UnixDomainSocketAddress.of(socket))));
    } catch (IOException e) { // a socket that nobody listens on was left behind by a killed gateway
      return Optional.empty();
    }
  }

  /** Whether a gateway runs on this data. */
  static boolean isThere(Path socket) throws IOException {
    Optional<Gateway> found = find(socket);
    if (found.isPresent()) {
      found.get().close();
    }
    return found.isPresent();
  }

  @Override
  public JsonObject ask(String command, Map<String, String> arguments)
      throws CommandException, IOException {
    JsonObjectBuilder named = Json.createObjectBuilder();
    arguments.forEach(named::add);
    String request =
        Json.createObjectBuilder().add("command", command).add("arguments", named).build() + "\n";
    var out = Channels.newOutputStream(channel);
    out.write(request.getBytes(StandardCharsets.UTF_8));
    out.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the gateway closed the conversation; is it stopping?");
    }
    try (var reader = Json.createReader(new StringReader(line))) {
      JsonObject answer = reader.readObject();
      if (!answer.getBoolean("ok")) {
        throw new CommandException(answer.getString("error"));
      }
      return answer.getJsonObject("answer");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
