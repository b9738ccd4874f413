package city.mycelium.simulator.town;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the receiver over HTTP. Immutable, safe for use by many threads. */
public final class ReceiverHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI root;

  ReceiverHttp(int port) {
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  /** Whether it is connected to its broker and its database. */
  public boolean isWell() throws IOException, InterruptedException {
    return send("/health").statusCode() == 200;
  }

  /**
   * The JSON object at a path.
   *
   * @throws IOException if nobody answers, or something else than 200 and JSON
   */
  public JsonObject get(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(path);
    try (JsonReader body = Json.createReader(response.body())) {
      if (response.statusCode() != 200) {
        throw new IOException("the receiver answered " + response.statusCode() + " to " + path);
      }
      return body.readObject();
    } catch (JsonException e) {
      throw new IOException("the receiver's answer to " + path + " is no JSON object", e);
    }
  }

  private HttpResponse<InputStream> send(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }
}
