package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import java.util.Map;

/**
 * What a platform makes of a message, whatever carried it. Safe for use by many threads: servers
 * ask from several.
 */
interface Mind {

  /**
   * What it answers.
   *
   * @param status as HTTP has them; transports with other codes translate
   */
  @SuppressWarnings("ArrayRecordComponent") // written to a socket, compared by nobody
  record Reply(int status, Map<String, String> headers, byte[] body) {
    public Reply {
      headers = Map.copyOf(headers);
    }

    public Reply(int status) {
      this(status, Map.of(), new byte[0]);
    }
  }

  /** Whether the message tells of observations, or stands for some that were told. */
  boolean carries(Message message);

  /** Takes it and answers. What is answered with a success is kept. */
  Reply take(Message message);

  /** Answers as if it had been taken, but has not kept it, or not all of it. */
  default Reply lie(Message message) {
    return new Reply(204);
  }
}
