package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
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

/** A dialect and what it has said and concluded. For one thread. */
final class Talk {

  static final Link LINK = SampleCity.link(Link.Proof.ANSWER);

  final List<Message> sent = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  private final Dialect dialect;
  private byte[] state = {};

  Talk(DialectKind kind, Map<String, String> settings, Names names) throws SettingsException {
    dialect = kind.dialect(Settings.of(kind.name(), kind.options(), settings), names);
  }

  /** As one flight; each message is answered so. */
  void send(long now, Answer answer, Described... observations) {
    sent.clear();
    outcomes.clear();
    OffsetRange covers = new OffsetRange(1, 2_000);
    Turn turn =
        dialect.turn(LINK, state, new DialectEvent.Send(covers, 0, List.of(observations), now));
    state = turn.state();
    outcomes.addAll(turn.outcomes());
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      sent.add(dispatch.message());
      Turn after =
          dialect.turn(
              LINK, state, new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
      state = after.state();
      outcomes.addAll(after.outcomes());
    }
  }

  List<String> bodies() {
    return sent.stream()
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  /** The offsets of outcomes of a kind. */
  List<Long> rejected() {
    return outcomes.stream()
        .filter(Outcome.Rejected.class::isInstance)
        .map(outcome -> ((Outcome.Rejected) outcome).offsets().first())
        .toList();
  }

  /** One of the sample city's Datastream. */
  static Described say(String datastream, long offset, PhenomenonTime time, Result result) {
    Described like =
        SampleCity.observations().stream()
            .filter(each -> each.datastream().id().value().equals(datastream))
            .findFirst()
            .orElseThrow();
    return new Described(
        new Observation(
            new Identity(SampleCity.GATEWAY, SampleCity.EPOCH, offset),
            like.datastream().id(),
            time,
            result,
            Quality.GOOD,
            SampleCity.NOON),
        like.datastream(),
        like.thing());
  }

  static Described say(String datastream, long offset, long at, double value) {
    return say(datastream, offset, PhenomenonTime.at(at), new Result.Measurement(value));
  }
}
