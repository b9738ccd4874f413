package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request beside the session, over a connection of its own: what is said to it shuts nothing.
 * For one use; blocks.
 */
final class SideRequest {

  private final HttpSettings settings;
  private final Duration patience;
  private final Trouble.Words words;

  /**
   * Not sent yet.
   *
   * @param settings with the login that it goes with
   */
  SideRequest(HttpSettings settings, Duration patience, Trouble.Words words) {
    this.settings = settings;
    this.patience = patience;
    this.words = words;
  }

  /**
   * What came of it.
   *
   * @param response null: none
   * @param why there is none, for a person; else empty
   */
  record Heard(Exchange.@Nullable Response response, String why) {

    /** Of a response what the Destination would be told; of none that nobody knows. */
    Answer answer(Trouble.Words words, Message message, Clock clock) {
      if (response == null) {
        return new Answer.Unknown(why);
      }
      Optional<Duration> retryAfter =
          RetryAfter.of(
              Optional.ofNullable(response.headers().get("retry-after")),
              Optional.ofNullable(response.headers().get("date")),
              clock.epochMillis());
      return Verdict.of(
              words.platform(),
              message.channel(),
              response.status(),
              response.headers(),
              response.body(),
              retryAfter)
          .answer();
    }
  }

  Heard send(Message message) {
    JdkExchange exchange = new JdkExchange(settings);
    try {
      Request request = Request.of(message, settings, false);
      return new Heard(exchange.send(request).get(patience.toMillis(), TimeUnit.MILLISECONDS), "");
    } catch (Request.UnsayableException e) {
      return new Heard(null, "this cannot be said over HTTP: " + e.getMessage());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return new Heard(null, words.of(cause == null ? e : cause).why());
    } catch (TimeoutException e) {
      return new Heard(null, words.silent(patience));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Heard(null, "interrupted");
    } finally {
      exchange.close();
    }
  }
}
