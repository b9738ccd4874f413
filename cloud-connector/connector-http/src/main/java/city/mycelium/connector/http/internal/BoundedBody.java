package city.mycelium.connector.http.internal;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of an answer's body and ends the exchange there: a server must not fill the
 * gateway's memory. Called by one thread at a time.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBody.Kept> {

  /**
   * What came.
   *
   * @param isCut whether there was more
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Kept(byte[] bytes, boolean isCut) {}

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<Kept> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<Kept> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      int fits = Math.min(piece.remaining(), most - kept.size());
      byte[] bytes = new byte[fits];
      piece.get(bytes);
      kept.writeBytes(bytes);
      if (piece.hasRemaining()) {
        whole.complete(new Kept(kept.toByteArray(), true));
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(new Kept(kept.toByteArray(), false));
  }
}
