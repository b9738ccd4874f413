package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.observation.OffsetRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dialect is told. {@code now} is UTC epoch milliseconds, as far as it is trusted. */
public sealed interface DialectEvent {

  /** The connection stands: introduce yourself. */
  record Connected(Catalogue catalogue, long now) implements DialectEvent {}

  /** What may be told has changed; before the first message with something new in it. */
  record CatalogueChanged(Catalogue catalogue, long now) implements DialectEvent {}

  /**
   * Send these.
   *
   * @param covers the offsets that are accounted for with them: one without an Observation is not
   *     for this recipient, or was dropped. May have been covered before: what was kept back once,
   *     or refused, can come in a later message, so covered never means stored.
   * @param dropped how many of them the gateway had to give up unsent
   * @param observations in the order of their offsets; may be empty
   */
  record Send(OffsetRange covers, long dropped, List<Described> observations, long now)
      implements DialectEvent {
    public Send {
      observations = List.copyOf(observations);
    }
  }

  /**
   * What the connector learned about a message.
   *
   * @param covers the offsets that it was sent for; null if for none
   * @param tag what the dialect marked it with
   */
  record Answered(@Nullable OffsetRange covers, String tag, Answer answer)
      implements DialectEvent {}

  /** Something came in on one of the dialect's inbound channels. */
  record Received(Message message) implements DialectEvent {}

  /** Time passes. */
  record Tick(long now) implements DialectEvent {}
}
