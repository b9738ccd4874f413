package city.mycelium.receiver.internal.http;

import java.io.Serial;

/** A request that is answered with an error of the asker's own; the message tells them what. */
final class RefusedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  private RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The request makes no sense as it is. */
  static RefusedException badRequest(String message) {
    return new RefusedException(400, message);
  }

  /** It makes sense, but there is no such thing. */
  static RefusedException notFound(String message) {
    return new RefusedException(404, message);
  }

  int status() {
    return status;
  }
}
