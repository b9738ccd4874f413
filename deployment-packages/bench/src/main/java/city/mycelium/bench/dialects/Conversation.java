package city.mycelium.bench.dialects;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A dialect and a platform that takes everything, turn by turn. Not thread-safe. */
final class Conversation {

  static final Link LINK = new Link(City.GATEWAY, City.EPOCH, List.of(), "city", Link.Proof.ANSWER);

  private final Dialect dialect;
  private final Consumer<Message> sent;
  private final Consumer<Outcome> concluded;
  private final TakesEverything platform = new TakesEverything();
  private final Deque<DialectEvent> waiting = new ArrayDeque<>();
  private byte[] state = {};

  Conversation(Dialect dialect, Consumer<Message> sent, Consumer<Outcome> concluded) {
    this.dialect = dialect;
    this.sent = sent;
    this.concluded = concluded;
  }

  /** Says it, and all that follows from the platform's answers. */
  void say(DialectEvent event) {
    int observations = event instanceof DialectEvent.Send send ? send.observations().size() : 0;
    waiting.add(event);
    while (!waiting.isEmpty()) {
      Turn turn = dialect.turn(LINK, state, waiting.remove());
      state = turn.state();
      for (Turn.Dispatch dispatch : turn.dispatches()) {
        sent.accept(dispatch.message());
        if (dispatch.covers() != null || !dispatch.tag().isEmpty()) {
          waiting.add(
              new DialectEvent.Answered(
                  dispatch.covers(),
                  dispatch.tag(),
                  platform.answer(dispatch.message(), observations)));
        }
      }
      turn.outcomes().forEach(concluded);
    }
  }

  byte[] state() {
    return state;
  }

  /** A dialect is a pure state machine: it can be taken back to where it was. */
  void goBackTo(byte[] earlier) {
    state = earlier;
  }
}
