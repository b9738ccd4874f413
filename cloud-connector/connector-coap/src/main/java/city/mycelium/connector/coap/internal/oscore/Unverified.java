package city.mycelium.connector.coap.internal.oscore;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Response;

/**
 * An answer of which nobody knows who gave it: it goes its way like another one, so that the
 * exchange ends, but it is not believed. Its code is the outer one if that is an error's, and else
 * an error's that nobody sent, or that of a notification.
 */
public final class Unverified extends Response {

  /** What is wrong with it. */
  public enum Why {
    /** It is not protected: an error of the server's, before it had the key, or anybody's. */
    UNPROTECTED,
    /** The key does not open it, or it answers something else. */
    FORGED,
    /** A notification that was seen before, or is older than one that was. */
    REPLAYED
  }

  private final Why why;
  private final Response outer;

  Unverified(Why why, Response outer, boolean notifies) {
    super(code(outer, notifies));
    this.why = why;
    this.outer = outer;
    setType(outer.getType());
    setMID(outer.getMID());
    setToken(outer.getToken());
    if (notifies) {
      getOptions().setObserve(outer.getOptions().getObserve());
    }
  }

  public Why why() {
    return why;
  }

  /** As it came. */
  public Response outer() {
    return outer;
  }

  private static CoAP.ResponseCode code(Response outer, boolean notifies) {
    if (notifies) {
      return CoAP.ResponseCode.CONTENT;
    }
    return outer.isSuccess() ? CoAP.ResponseCode.BAD_GATEWAY : outer.getCode();
  }
}
