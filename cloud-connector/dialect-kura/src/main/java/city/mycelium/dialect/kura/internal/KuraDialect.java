package city.mycelium.dialect.kura.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A gateway as Kapua sees a Kura: born when it connects, its data below its account and client id.
 * Has no state. Safe for use by many threads.
 */
final class KuraDialect implements Dialect {

  private static final byte[] NO_STATE = {};

  private final Account account;
  private final PayloadForm form;
  private final Names names;

  KuraDialect(Account account, PayloadForm form, Names names) {
    this.account = account;
    this.form = form;
    this.names = names;
  }

  /** Kura's will: empty, QoS 0, not retained. */
  @Override
  public Optional<Message> farewell(Link link, byte[] state) {
    return Optional.of(
        Message.post(account.life(link, "LWT"), form.mediaType(), new byte[0]).atMostOnce());
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    if (event instanceof DialectEvent.Connected connected) {
      return new Turn(NO_STATE, List.of(birth(link, connected.now())), List.of());
    }
    if (event instanceof DialectEvent.Send send) {
      return send(link, send);
    }
    if (event instanceof DialectEvent.Answered answered) {
      OffsetRange covers = answered.covers();
      return new Turn(
          NO_STATE,
          List.of(),
          covers == null ? List.of() : List.of(Outcome.usual(link, covers, answered.answer())));
    }
    if (event instanceof DialectEvent.Received received) {
      return new Turn(
          NO_STATE,
          List.of(),
          List.of(
              new Outcome.Unintelligible(
                  "nothing was expected on the channel " + received.message().channel())));
    }
    return Turn.quiet(NO_STATE); // neither time nor the catalogue means anything here
  }

  /** Says no more than who it is: nothing of the machine, which is nobody's business there. */
  private Dispatch birth(Link link, long now) {
    TreeMap<String, Object> metrics = new TreeMap<>();
    metrics.put("display_name", link.gateway().value());
    metrics.put("application_ids", account.app());
    metrics.put("accept_encoding", "gzip");
    metrics.put("payload_encoding", form instanceof JsonForm ? "simple-json" : "kura-protobuf");
    return new Dispatch(
        Message.post(
            account.life(link, "BIRTH"),
            form.mediaType(),
            form.write(new KuraPayload(now, null, metrics))),
        null);
  }

  /**
   * One message per Observation: a payload has one time and no more, and each message is answered
   * by itself. What lies between two Observations is accounted for with the later one.
   */
  private Turn send(Link link, DialectEvent.Send send) {
    if (send.observations().isEmpty()) {
      return new Turn(
          NO_STATE, List.of(), List.of(new Outcome.Delivered(link.epoch(), send.covers())));
    }
    List<Dispatch> dispatches = new ArrayList<>();
    long from = send.covers().first();
    int left = send.observations().size();
    for (Described described : send.observations()) {
      left--;
      long to = left == 0 ? send.covers().last() : described.observation().identity().offset();
      dispatches.add(new Dispatch(message(link, described), new OffsetRange(from, to)));
      from = to + 1;
    }
    return new Turn(NO_STATE, dispatches, List.of());
  }

  private Message message(Link link, Described described) {
    Observation observation = described.observation();
    String resource =
        names.of(described.datastream().id()).orElseGet(() -> described.datastream().id().value());
    SortedMap<String, Object> metrics = observation.result().accept(new MetricsOf());
    if (!(observation.result() instanceof Result.Position)) {
      metrics.put("unit", described.datastream().unit().code());
    }
    metrics.put("property", described.datastream().property().name());
    metrics.put(
        "thing",
        names
            .of(described.datastream().thing())
            .orElseGet(() -> described.datastream().thing().value()));
    metrics.put("gateway", link.gateway().value());
    metrics.put("epoch", Identity.epochText(observation.identity().epoch()));
    metrics.put("offset", observation.identity().offset());
    if (!observation.phenomenonTime().isInstant()) {
      metrics.put("until", observation.phenomenonTime().to());
    }
    if (observation.quality() != Quality.GOOD) {
      metrics.put("quality", observation.quality().name().toLowerCase(Locale.ROOT));
    }
    return Message.post(
        account.data(link, resource),
        form.mediaType(),
        form.write(
            new KuraPayload(
                observation.phenomenonTime().from(),
                observation.result() instanceof Result.Position moved
                    ? moved
                    : described.thing().location(),
                metrics)));
  }
}
