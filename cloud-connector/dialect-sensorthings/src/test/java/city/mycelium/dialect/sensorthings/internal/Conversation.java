package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.settings.Settings;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What sync does with a dialect, without sync. */
final class Conversation {

  final Link link = SampleCity.link(Link.Proof.ANSWER);
  final Dialect dialect;
  final List<Outcome> outcomes = new ArrayList<>();
  Function<Message, Answer> wire;
  byte[] state = {};

  Conversation(Function<Message, Answer> wire) throws Exception {
    SensorThingsComponent kind = new SensorThingsComponent();
    dialect =
        kind.dialect(Settings.of("sensorthings", kind.options(), java.util.Map.of()), Names.NONE);
    this.wire = wire;
  }

  void connect() {
    say(new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON));
  }

  void send(List<Described> observations) {
    say(new DialectEvent.Send(new OffsetRange(1, 9_999), 0, observations, SampleCity.NOON));
  }

  void say(DialectEvent event) {
    Turn turn = dialect.turn(link, state, event);
    state = turn.state();
    outcomes.addAll(turn.outcomes());
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      Answer answer = wire.apply(dispatch.message());
      say(new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
    }
  }

  /** Delivered one by one. */
  NavigableSet<Long> delivered() {
    NavigableSet<Long> offsets = new TreeSet<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Delivered done && done.offsets().size() == 1) {
        offsets.add(done.offsets().first());
      }
    }
    return offsets;
  }

  <T extends Outcome> List<T> of(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
