package city.mycelium.api.dialect;

import city.mycelium.api.connector.Message;
import java.util.List;

/** Reads a dialect's messages back. Safe for use by many threads. */
public interface MessageReader {

  /**
   * What a message tells of Observations; nothing if it is about something else, such as a birth.
   *
   * @throws UnreadableMessageException if it is not what this dialect writes, or cut short
   */
  List<ToldObservation> read(Message message) throws UnreadableMessageException;
}
