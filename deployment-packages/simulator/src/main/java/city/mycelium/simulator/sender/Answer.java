package city.mycelium.simulator.sender;

import city.mycelium.simulator.kit.PostedValue;
import java.util.List;

/**
 * What became of one attempt to post one body.
 *
 * @param device who posted
 * @param body which of the device's bodies, from 1; every further attempt carries the same number
 * @param postedAt epoch milliseconds
 * @param status of HTTP, or {@link #NONE}
 * @param values that a success promises to keep
 */
public record Answer(
    String device, long body, long postedAt, int status, List<PostedValue> values) {

  /** No answer came. */
  public static final int NONE = 0;

  public Answer {
    values = List.copyOf(values);
  }

  /** The gateway promised to keep it (RFC 9110, 15.3: 2xx). */
  public boolean isPromise() {
    return status >= 200 && status < 300;
  }

  /** To be tried again: no answer, the gateway's own trouble, or "not now" (RFC 9110 and 6585). */
  public boolean isToBeTriedAgain() {
    return status == NONE || status == 408 || status == 425 || status == 429 || status >= 500;
  }
}
