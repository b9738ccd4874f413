package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.LatestRevisions;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One POST of lines per flight. Its state is which windows were corrected. Safe for use by many
 * threads.
 */
final class LineDialect implements Dialect {

  static final String MEDIA_TYPE = "text/plain; charset=utf-8";

  private final Layout layout;

  LineDialect(Layout layout) {
    this.layout = layout;
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Send send) {
      return send(link, state, send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      return covers == null
          ? Turn.quiet(state)
          : new Turn(state, List.of(), outcomes(link, covers, answered.tag(), answered.answer()));
    }
    return Turn.quiet(state);
  }

  /** The same measurement, tags and time are one point. */
  @Override
  public boolean isRepeatHarmless(Link link) {
    return true;
  }

  @Override
  public Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    return layout.inquiry(told);
  }

  private Turn send(Link link, byte[] state, DialectEvent.Send send) {
    LatestRevisions latest = LatestRevisions.of(state);
    // Within a body the later line stays, and revisions ascend with their offsets.
    List<Described> current =
        send.observations().stream().filter(each -> !latest.isSuperseded(each)).toList();
    latest.tell(current);
    Layout.Written written = layout.write(current);
    List<Outcome> outcomes = new ArrayList<>(written.rejected());
    if (written.rows().isEmpty()) {
      outcomes.add(new Outcome.Delivered(link.epoch(), send.covers()));
      return new Turn(latest.toBytes(), List.of(), outcomes);
    }
    String body =
        written.rows().stream().map(row -> row.line() + "\n").collect(Collectors.joining());
    Message message =
        Message.post(layout.channel(), MEDIA_TYPE, body.getBytes(StandardCharsets.UTF_8));
    return new Turn(
        latest.toBytes(),
        List.of(new Turn.Dispatch(message, send.covers(), Row.tag(written.rows()))),
        outcomes);
  }

  private static List<Outcome> outcomes(Link link, OffsetRange covers, String tag, Answer answer) {
    if (answer instanceof Answer.Replied replied
        && (replied.status() == 400 || replied.status() == 422)) {
      return new Refusal(replied, Row.of(tag)).outcomes(link, covers);
    }
    return List.of(Outcome.usual(link, covers, answer));
  }
}
