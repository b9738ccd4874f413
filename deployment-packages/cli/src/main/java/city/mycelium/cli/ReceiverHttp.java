package city.mycelium.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A receiver, asked over HTTP. */
final class ReceiverHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI root;

  private ReceiverHttp(URI root) {
    this.root = root;
  }

  /**
   * The receiver at an address.
   *
   * @throws UsageException if that cannot be one
   */
  static ReceiverHttp at(String address) throws UsageException {
    try {
      URI root = new URI(address.endsWith("/") ? address : address + "/");
      String scheme = String.valueOf(root.getScheme());
      if ((scheme.equals("http") || scheme.equals("https")) && root.getHost() != null) {
        return new ReceiverHttp(root);
      }
    } catch (java.net.URISyntaxException e) {
      // said below
    }
    throw new UsageException(
        "--receiver is the address of a receiver's HTTP API such as http://127.0.0.1:8090, not '"
            + address
            + "'");
  }

  /**
   * What it holds of a gateway.
   *
   * @param epoch the one that the gateway is in
   * @throws IOException if it cannot be asked
   */
  ReceiverLedger ledger(String gateway, String epoch) throws IOException {
    HttpResponse<String> response = get("v1/gateways/" + gateway + "/ledger");
    if (response.statusCode() == NOT_FOUND && response.body().contains("ever received")) {
      return ReceiverLedger.NOTHING;
    }
    if (response.statusCode() != OK) {
      throw new IOException(
          "the receiver at "
              + root
              + " answered "
              + response.statusCode()
              + ": "
              + response.body().strip());
    }
    try (JsonReader body = Json.createReader(new StringReader(response.body()))) {
      return ReceiverLedger.of(body.readObject(), epoch);
    } catch (JsonException e) {
      throw new IOException("what answers at " + root + " is no receiver: " + e.getMessage(), e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the receiver", e);
    } catch (IOException e) {
      throw new IOException("no receiver answers at " + root + ": " + reason(e), e);
    }
  }

  /** Java's client leaves its most frequent failure without a message. */
  private static String reason(IOException e) {
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }
}
