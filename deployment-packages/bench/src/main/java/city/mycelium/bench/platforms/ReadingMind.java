package city.mycelium.bench.platforms;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import java.util.List;

/**
 * A platform that takes what its dialect's reader reads, and says so with one status. What it keeps
 * is the shelf's business.
 */
final class ReadingMind implements Mind {

  /** Of a dialect that asks a broker by an empty message whether it has what went before it. */
  private static final String FENCE = "mycelium/fence/";

  private final MessageReader reader;
  private final Shelf shelf;
  private final int accepted;

  ReadingMind(MessageReader reader, Shelf shelf, int accepted) {
    this.reader = reader;
    this.shelf = shelf;
    this.accepted = accepted;
  }

  @Override
  public boolean carries(Message message) {
    try {
      return message.channel().startsWith(FENCE) || !reader.read(message).isEmpty();
    } catch (UnreadableMessageException e) { // said when it is taken
      return true;
    }
  }

  @Override
  public Reply take(Message message) {
    if (message.channel().startsWith(FENCE)) {
      return new Reply(accepted);
    }
    try {
      List<ToldObservation> told = reader.read(message);
      shelf.put(told);
      return new Reply(accepted);
    } catch (UnreadableMessageException e) {
      shelf.unreadable();
      return new Reply(400);
    }
  }

  @Override
  public Reply lie(Message message) {
    return new Reply(accepted);
  }
}
