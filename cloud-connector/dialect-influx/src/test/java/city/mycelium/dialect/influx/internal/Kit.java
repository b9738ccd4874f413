package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A conversation of one dialect with one server. For one thread. */
final class Kit {

  static final Link LINK = SampleCity.link(Link.Proof.ANSWER);

  private final Dialect dialect;
  private final Server server;
  private byte[] state = {};

  /** Who answers. */
  @FunctionalInterface
  interface Server {
    Answer answer(Message message) throws Exception;
  }

  Kit(DialectKind kind, Map<String, String> settings, Names names, Server server)
      throws SettingsException {
    this.dialect = kind.dialect(Settings.of(kind.name(), kind.options(), settings), names);
    this.server = server;
  }

  /** Sends them as one flight and tells what becomes of it. */
  List<Outcome> send(List<Described> observations) throws Exception {
    Turn turn = dialect.turn(LINK, state, flight(observations));
    state = turn.state();
    List<Outcome> outcomes = new ArrayList<>(turn.outcomes());
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      Answer answer = server.answer(dispatch.message());
      Turn after =
          dialect.turn(
              LINK, state, new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
      state = after.state();
      outcomes.addAll(after.outcomes());
    }
    return outcomes;
  }

  /** What the server says of one that it was told. */
  Inquiry.Finding ask(Described told, Server asked) throws Exception {
    Inquiry inquiry = dialect.inquiry(LINK, state, told).orElseThrow();
    return inquiry.reading().apply((Answer.Replied) asked.answer(inquiry.question()));
  }

  /** The body that would be posted. */
  String body(List<Described> observations) {
    return new String(
        dialect.turn(LINK, state, flight(observations)).dispatches().get(0).message().payload(),
        StandardCharsets.UTF_8);
  }

  private static DialectEvent flight(List<Described> observations) {
    return new DialectEvent.Send(
        new OffsetRange(
            offset(observations.get(0)), offset(observations.get(observations.size() - 1))),
        0,
        observations,
        SampleCity.NOON);
  }

  static long offset(Described described) {
    return described.observation().identity().offset();
  }

  /** The first of the sample city's Observations of this Datastream. */
  static Described sample(String datastream) {
    return SampleCity.observations().stream()
        .filter(each -> each.datastream().id().value().equals(datastream))
        .findFirst()
        .orElseThrow();
  }

  static Described with(Described like, long offset, PhenomenonTime time, Result result) {
    return with(like, like.datastream(), offset, time, result);
  }

  static Described with(
      Described like, Datastream datastream, long offset, PhenomenonTime time, Result result) {
    return new Described(
        new Observation(
            new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, offset),
            datastream.id(),
            time,
            result,
            Quality.GOOD,
            SampleCity.NOON),
        datastream,
        like.thing());
  }
}
