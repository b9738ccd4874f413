package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads lines back. Safe for use by many threads. */
final class LineReader implements MessageReader {

  private final Layout layout;

  LineReader(Layout layout) {
    this.layout = layout;
  }

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String body = new String(message.payload(), StandardCharsets.UTF_8);
    if (!body.endsWith("\n")) {
      throw new UnreadableMessageException("the last line is cut short: it has no end");
    }
    List<ToldObservation> told = new ArrayList<>();
    int number = 0;
    for (String line : body.lines().toList()) {
      number++;
      try {
        told.addAll(layout.read(Point.parse(line)));
      } catch (UnreadableMessageException e) {
        throw new UnreadableMessageException("line " + number + ": " + e.getMessage(), e);
      } catch (IllegalArgumentException e) { // a value that no Observation can have
        throw new UnreadableMessageException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return told;
  }
}
