package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;

/** What a dialect is told. */
public sealed interface DialectEvent {

  /** The connection stands, or what may be told has changed: introduce yourself. */
  record Connected(Catalogue catalogue) implements DialectEvent {}

  /**
   * Send these.
   *
   * @param covers the offsets that are accounted for with them: one without an Observation is not
   *     for this recipient, or was dropped. May have been covered before: what was kept back once,
   *     or refused, can come in a later message, so covered never means stored.
   * @param dropped how many of them the gateway had to give up unsent
   * @param observations in the order of their offsets; may be empty
   */
  record Send(OffsetRange covers, long dropped, List<Described> observations)
      implements DialectEvent {
    public Send {
      observations = List.copyOf(observations);
    }
  }

  /** What the connector learned about the message that covered these offsets. */
  record Answered(OffsetRange covers, Answer answer) implements DialectEvent {}

  /** Something came in on one of the dialect's inbound channels. */
  record Received(Message message) implements DialectEvent {}

  /**
   * Time passes.
   *
   * @param now UTC epoch milliseconds
   */
  record Tick(long now) implements DialectEvent {}
}
