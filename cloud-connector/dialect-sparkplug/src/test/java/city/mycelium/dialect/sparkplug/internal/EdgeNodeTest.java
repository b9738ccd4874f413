package city.mycelium.dialect.sparkplug.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.testkit.dialect.SampleCity;
import com.google.protobuf.DynamicMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An edge node and a host that holds it to Sparkplug 3.0, chapters 5 and 6. */
class EdgeNodeTest {

  private static final Link LINK = SampleCity.link(Link.Proof.ANSWER);
  private static final String NODE = SampleCity.GATEWAY.value();
  private static final String STATE = "spBv1.0/STATE/scada";

  /** Who listens: refuses whatever the standard forbids. */
  private static final class Host {
    final Set<Long> offsets = new HashSet<>();
    final Map<String, Map<String, Object>> births = new HashMap<>();
    int historical;
    boolean online;
    long next = -1;
    Object bdSeq = -1L;

    void hear(Message message) {
      String[] levels = message.channel().split("/");
      if (levels[0].equals("mycelium")) {
        assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        return;
      }
      assertThat(levels[0]).isEqualTo("spBv1.0");
      assertThat(levels[3]).isEqualTo(NODE);
      assertThat(message.retained()).isFalse();
      DynamicMessage payload = Sparkplug.parse(message.payload());
      List<DynamicMessage> metrics = Sparkplug.list(payload, "metrics");
      if (levels[2].equals("NDEATH")) {
        assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(Sparkplug.has(payload, "seq")).isFalse();
        assertThat(metrics).hasSize(1);
        if (online && Sparkplug.get(metrics.get(0), "long_value").equals(bdSeq)) {
          online = false;
        }
        return;
      }
      assertThat(message.qos()).isEqualTo(Qos.AT_MOST_ONCE);
      long seq = (Long) Sparkplug.get(payload, "seq");
      if (levels[2].equals("NBIRTH")) {
        assertThat(seq).isZero();
        assertThat(Sparkplug.get(metrics.get(0), "name")).isEqualTo("bdSeq");
        bdSeq = Sparkplug.get(metrics.get(0), "long_value");
        assertThat(Sparkplug.get(metrics.get(1), "name")).isEqualTo("Node Control/Rebirth");
        assertThat(Sparkplug.get(metrics.get(1), "boolean_value")).isEqualTo(false);
        online = true;
        births.clear();
      } else {
        assertThat(online).as("nothing before NBIRTH: " + message.channel()).isTrue();
        assertThat(seq).as("seq of " + message.channel()).isEqualTo(next);
      }
      next = (seq + 1) % 256;
      if (levels[2].equals("DBIRTH")) {
        Map<String, Object> known = births.computeIfAbsent(levels[4], none -> new HashMap<>());
        for (DynamicMessage metric : metrics) {
          known.put((String) Sparkplug.get(metric, "name"), Sparkplug.get(metric, "datatype"));
        }
      } else if (levels[2].equals("DDATA")) {
        metrics.forEach(metric -> data(levels[4], metric));
      }
    }

    private void data(String device, DynamicMessage metric) {
      assertThat(births).containsKey(device);
      assertThat(births.get(device))
          .containsEntry((String) Sparkplug.get(metric, "name"), Sparkplug.get(metric, "datatype"));
      historical += Sparkplug.get(metric, "is_historical").equals(true) ? 1 : 0;
      if (Sparkplug.has(metric, "properties")) {
        DynamicMessage set = (DynamicMessage) Sparkplug.get(metric, "properties");
        int at = ((List<?>) Sparkplug.get(set, "keys")).indexOf("offset");
        if (at >= 0) {
          offsets.add((Long) Sparkplug.get(Sparkplug.list(set, "values").get(at), "long_value"));
        }
      }
    }
  }

  /** The gateway's side, with a line that may be cut. */
  private static final class Node {
    final Dialect dialect;
    final Host host = new Host();
    final List<Outcome> outcomes = new ArrayList<>();
    byte[] state = {};
    Message will;
    boolean hungUp;

    /** So many messages get through; then the line is dead, and nobody says so yet. */
    int patience = Integer.MAX_VALUE;

    Node(Map<String, String> settings) throws SettingsException {
      SparkplugComponent kind = new SparkplugComponent();
      dialect = kind.dialect(Settings.of("sparkplug", kind.options(), settings), Names.NONE);
    }

    void connect() {
      patience = Integer.MAX_VALUE;
      will = dialect.farewell(LINK, state).orElseThrow();
      say(new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON));
    }

    void cut() {
      host.hear(will); // the broker says it
    }

    void say(DialectEvent event) {
      Turn turn = dialect.turn(LINK, state, event);
      state = turn.state();
      outcomes.addAll(turn.outcomes());
      hungUp |= turn.hangUp();
      List<DialectEvent> answers = new ArrayList<>();
      for (Turn.Dispatch dispatch : turn.dispatches()) {
        boolean through = patience-- > 0;
        if (through) {
          host.hear(dispatch.message());
        }
        // What is written to a dead line looks as if it were sent, but for the fence.
        boolean written = dispatch.message().qos() == Qos.AT_MOST_ONCE;
        answers.add(
            new DialectEvent.Answered(
                dispatch.covers(),
                dispatch.tag(),
                through || written
                    ? new Answer.Replied(0, new byte[0])
                    : new Answer.Unknown("the line went dead")));
      }
      answers.forEach(this::say);
    }

    void send(List<Described> observations, long now) {
      long first = observations.get(0).observation().identity().offset();
      long last = observations.get(observations.size() - 1).observation().identity().offset();
      say(new DialectEvent.Send(new OffsetRange(first, last), 0, observations, now));
    }

    void host(boolean online, long timestamp) {
      say(
          new DialectEvent.Received(
              new Message(
                  STATE,
                  "application/json",
                  ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}")
                      .getBytes(StandardCharsets.UTF_8),
                  true)));
    }
  }

  private static Node node(String... settings) throws SettingsException {
    Map<String, String> set = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      set.put(settings[i], settings[i + 1]);
    }
    return new Node(set);
  }

  @Test
  void whateverTheLineDoesTheHostHearsAProperNodeAndHasWhatIsCalledDelivered() throws Exception {
    List<Described> all = SampleCity.observations();
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Node node = node();
      node.connect();
      for (int step = 0; step < 60; step++) {
        int from = random.nextInt(all.size());
        int to = from + 1 + random.nextInt(all.size() - from);
        if (random.nextInt(4) == 0) {
          node.patience = random.nextInt(6);
        }
        node.send(all.subList(from, to), SampleCity.NOON + 60_000);
        if (node.patience < 1_000) {
          node.cut();
          node.connect();
        } else if (random.nextInt(6) == 0) {
          node.say(
              new DialectEvent.Received(
                  new Message("spBv1.0/mycelium/NCMD/" + NODE, "", Sparkplug.rebirth(), false)));
        }
      }
      Set<Long> delivered = new HashSet<>();
      for (Outcome outcome : node.outcomes) {
        if (outcome instanceof Outcome.Delivered landed) {
          all.stream()
              .map(each -> each.observation().identity().offset())
              .filter(landed.offsets()::contains)
              .forEach(delivered::add);
        }
      }
      assertThat(delivered).isNotEmpty();
      assertThat(node.host.offsets).containsAll(delivered);
    }
  }

  @Test
  void eachConnectionHasTheNextBirthSequenceAndItsWillTheSame() throws Exception {
    Node node = node();
    for (long expected = 0; expected < 300; expected++) {
      node.connect();
      assertThat(node.host.bdSeq).isEqualTo(expected % 256);
      node.cut();
      assertThat(node.host.online).as("its own will ends it").isFalse();
    }
  }

  @Test
  void oldDataAndWhatComesOutOfOrderIsHistory() throws Exception {
    Node node = node("historicalAfterSeconds", "120");
    node.connect();
    List<Described> one = SampleCity.observations().subList(2, 3);
    node.send(one, SampleCity.NOON + 100_000);
    assertThat(node.host.historical).isZero();
    node.send(one, SampleCity.NOON + 300_000);
    assertThat(node.host.historical).isEqualTo(1);
  }

  @Test
  void withAPrimaryHostNothingIsSaidUntilItIsOnline() throws Exception {
    Node node = node("primaryHost", "scada");
    node.connect();
    node.send(SampleCity.observations(), SampleCity.NOON);
    assertThat(node.host.online).isFalse();
    assertThat(node.outcomes).hasOnlyElementsOfType(Outcome.SendAgain.class);
    node.host(true, 1_000);
    assertThat(node.host.online).isTrue();
    node.send(SampleCity.observations(), SampleCity.NOON);
    assertThat(node.outcomes).hasAtLeastOneElementOfType(Outcome.Delivered.class);

    node.host(false, 900); // older than its last word
    assertThat(node.hungUp).isFalse();
    node.host(false, 1_000); // its will has the time of its birth
    assertThat(node.hungUp).isTrue();
    node.outcomes.clear();
    node.send(SampleCity.observations(), SampleCity.NOON);
    assertThat(node.outcomes).hasOnlyElementsOfType(Outcome.SendAgain.class);
  }

  @Test
  void whatMayNotBeToldAnyMoreIsInNoBirth() throws Exception {
    Node node = node();
    node.connect();
    node.send(SampleCity.observations(), SampleCity.NOON);
    assertThat(node.host.births).containsKey("front-12"); // the control
    node.say(new DialectEvent.CatalogueChanged(Catalogue.EMPTY, SampleCity.NOON));
    assertThat(node.host.births).isEmpty();
    assertThat(new String(node.state, StandardCharsets.ISO_8859_1)).doesNotContain("front-12");
  }

  @Test
  void aDeviceThatIsTooMuchForTheBrokerCutsTheFlight() throws Exception {
    Node node = node();
    node.connect();
    Turn turn =
        node.dialect.turn(
            LINK,
            node.state,
            new DialectEvent.Send(
                new OffsetRange(1201, 1210),
                0,
                SampleCity.observations().subList(0, 3),
                SampleCity.NOON));
    byte[] state = turn.state();
    Outcome last = null;
    for (Turn.Dispatch dispatch : turn.dispatches()) {
      Answer answer =
          dispatch.message().channel().contains("DDATA")
              ? new Answer.TooLarge("more than 10 bytes")
              : new Answer.Replied(0, new byte[0]);
      Turn next =
          node.dialect.turn(
              LINK, state, new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer));
      state = next.state();
      last = next.outcomes().isEmpty() ? last : next.outcomes().get(0);
    }
    assertThat(last).isInstanceOf(Outcome.TooLarge.class);
  }

  @Test
  void aNameThatIsNoLevelOfATopicIsRefused() {
    assertThatThrownBy(() -> node("group", "a/b")).isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> node("edgeNode", "a+")).isInstanceOf(SettingsException.class);
  }
}
