package city.mycelium.testkit.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every dialect holds, whatever its platform: nothing is called delivered that the platform
 * did not take, nothing is left open when it has answered, nothing is told that was not given to
 * it, and no answer, however odd, throws it. Extended by each dialect's test.
 */
public abstract class DialectContract {

  /** The dialect that is held to it. */
  protected abstract DialectKind kind();

  /** Settings with which it works. */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /** A platform that takes everything: what it answers to a message. */
  protected abstract Answer answer(Message message);

  /**
   * What this dialect has no words for, by offset in {@link SampleCity}: that is rejected alone.
   */
  protected abstract List<Long> unspeakable();

  /** What counts as delivered where it is used. */
  protected Link.Proof proof() {
    return Link.Proof.ANSWER;
  }

  private Link link() {
    return SampleCity.link(proof());
  }

  private Dialect dialect() {
    try {
      return kind().dialect(set(), Names.NONE);
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
  }

  private Settings set() throws SettingsException {
    return Settings.of(kind().name(), kind().options(), settings());
  }

  /** A conversation with a platform, message by message. */
  private final class Talk {
    final Dialect dialect = dialect();
    final List<Message> sent = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    byte[] state = {};

    void say(DialectEvent event, Platform platform) {
      Turn turn = dialect.turn(link(), state, event);
      assertThat(turn.state()).as("the state is small").hasSizeLessThan(100_000);
      Turn again = dialect.turn(link(), state, event);
      assertThat(again.state())
          .as("the same state and event give the same turn")
          .isEqualTo(turn.state());
      assertThat(again.dispatches()).hasSameSizeAs(turn.dispatches());
      for (int i = 0; i < turn.dispatches().size(); i++) {
        assertThat(again.dispatches().get(i).message().payload())
            .isEqualTo(turn.dispatches().get(i).message().payload());
      }
      state = turn.state();
      outcomes.addAll(turn.outcomes());
      for (Turn.Dispatch dispatch : turn.dispatches()) {
        sent.add(dispatch.message());
        if (dispatch.covers() != null || !dispatch.tag().isEmpty()) {
          Answer answer = platform.answer(dispatch.message());
          say(new DialectEvent.Answered(dispatch.covers(), dispatch.tag(), answer), platform);
        }
      }
    }

    /** Until nothing asks to be sent again, or for so many rounds. */
    void send(List<Described> observations, int rounds, Platform platform) {
      List<Described> open = observations;
      OffsetRange covers = new OffsetRange(SampleCity.FIRST, SampleCity.last(observations));
      for (int round = 0; round < rounds && !open.isEmpty(); round++) {
        say(new DialectEvent.Send(covers, 0, open, SampleCity.NOON + 60_000), platform);
        Set<Long> settled = settled();
        open =
            open.stream()
                .filter(d -> !settled.contains(d.observation().identity().offset()))
                .toList();
      }
    }

    Set<Long> settled() {
      Set<Long> settled = delivered();
      settled.addAll(rejected());
      return settled;
    }

    Set<Long> delivered() {
      Set<Long> offsets = new TreeSet<>();
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Delivered delivered) {
          add(offsets, delivered.offsets());
        }
      }
      offsets.removeAll(rejected());
      return offsets;
    }

    Set<Long> rejected() {
      Set<Long> offsets = new TreeSet<>();
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Rejected rejected) {
          add(offsets, rejected.offsets());
        }
      }
      return offsets;
    }

    private void add(Set<Long> offsets, OffsetRange range) {
      for (Described described : SampleCity.observations()) {
        long offset = described.observation().identity().offset();
        if (range.contains(offset)) {
          offsets.add(offset);
        }
      }
    }
  }

  /** Who answers. */
  @FunctionalInterface
  private interface Platform {
    Answer answer(Message message);
  }

  private Talk connected(Platform platform) {
    Talk talk = new Talk();
    talk.say(new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON), platform);
    return talk;
  }

  @Test
  public void everyObservationIsDeliveredOrRejectedAlone() {
    Talk talk = connected(this::answer);
    talk.send(SampleCity.observations(), 3, this::answer);
    Set<Long> all = new TreeSet<>(unspeakable());
    assertThat(talk.rejected()).as("what it has no words for").isEqualTo(all);
    all.addAll(talk.delivered());
    assertThat(all)
        .containsExactlyElementsOf(
            SampleCity.observations().stream()
                .map(described -> described.observation().identity().offset())
                .toList());
    assertThat(talk.delivered()).as("it can say something").isNotEmpty();
  }

  @Test
  public void nothingIsDeliveredWhileNobodyKnows() {
    Talk talk = connected(this::answer);
    talk.outcomes.clear();
    talk.send(SampleCity.observations(), 2, message -> new Answer.Unknown("the line went dead"));
    assertThat(talk.delivered()).isEmpty();
    assertThat(talk.outcomes).hasAtLeastOneElementOfType(Outcome.SendAgain.class);
  }

  @Test
  public void whatWasUnknownIsDeliveredWhenItIsSentAgain() {
    Talk talk = connected(this::answer);
    talk.send(SampleCity.observations(), 1, message -> new Answer.Unknown("the line went dead"));
    talk.send(SampleCity.observations(), 4, this::answer);
    Set<Long> settled = talk.settled();
    assertThat(settled).hasSameSizeAs(SampleCity.observations());
  }

  @Test
  public void aPlatformThatIsBusyOrBrokenLosesNothing() {
    for (Answer no :
        List.of(
            new Answer.Refused("too many requests", false),
            new Answer.Replied(503, new byte[0]),
            new Answer.Replied(404, new byte[0]))) {
      Talk talk = connected(this::answer);
      talk.outcomes.clear();
      talk.send(SampleCity.observations(), 1, message -> no);
      assertThat(talk.delivered()).as("after " + no).isEmpty();
      assertThat(new TreeSet<>(unspeakable())).as("after " + no).containsAll(talk.rejected());
    }
  }

  @Test
  public void aRangeWithNothingForThePlatformIsDoneWith() {
    Talk talk = connected(this::answer);
    OffsetRange covers = new OffsetRange(1, 900);
    talk.say(new DialectEvent.Send(covers, 0, List.of(), SampleCity.NOON), this::answer);
    assertThat(talk.outcomes).contains(new Outcome.Delivered(SampleCity.EPOCH, covers));
  }

  @Test
  public void garbageIsAnsweredWithoutAnException() {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      int status = random.nextInt(600);
      Platform mad = message -> new Answer.Replied(status, Map.of("Location", "?"), noise);
      assertThatCode(
              () -> {
                Talk talk = connected(mad);
                talk.send(SampleCity.observations(), 1, mad);
                for (String channel : talk.dialect.inboundChannels(link())) {
                  talk.say(
                      new DialectEvent.Received(
                          new Message(channel, "application/json", noise, false)),
                      mad);
                }
                talk.say(new DialectEvent.Tick(SampleCity.NOON + 90_000), mad);
              })
          .doesNotThrowAnyException();
    }
  }

  /** The state may be of another version, or of another dialect that was configured before. */
  @Test
  public void aStateThatItDidNotWriteIsForgotten() {
    Random random = new Random(12);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      Talk talk = new Talk();
      talk.state = noise;
      assertThatCode(
              () -> {
                talk.dialect.farewell(link(), noise);
                talk.say(
                    new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON),
                    this::answer);
                talk.send(SampleCity.observations(), 3, this::answer);
              })
          .doesNotThrowAnyException();
      assertThat(talk.settled()).hasSameSizeAs(SampleCity.observations());
    }
  }

  /** Nothing of a Thing leaves that the catalogue and the Observations do not tell. */
  @Test
  public void nothingIsToldThatWasNotGiven() {
    Talk talk = new Talk();
    List<Described> some =
        SampleCity.observations().stream()
            .map(
                described ->
                    new Described(
                        described.observation(),
                        described.datastream(),
                        new KnownThing(described.thing().id(), described.thing().name(), null)))
            .toList();
    List<Datastream> streams = SampleCity.catalogue().datastreams();
    List<KnownThing> things =
        SampleCity.catalogue().things().stream()
            .map(thing -> new KnownThing(thing.id(), thing.name(), null))
            .toList();
    talk.say(
        new DialectEvent.Connected(new Catalogue(things, streams), SampleCity.NOON), this::answer);
    talk.send(some, 3, this::answer);
    talk.dialect.farewell(link(), talk.state).ifPresent(talk.sent::add);
    for (Message message : talk.sent) {
      String all =
          message.channel()
              + message.headers()
              + new String(message.payload(), StandardCharsets.ISO_8859_1);
      assertThat(all).doesNotContain("52.507", "6.08377", "52.50981");
    }
  }

  /** Nor when the platform is asked for it; and whatever that says is read without an exception. */
  @Test
  public void anInquiryTellsNothingElseAndReadsWhateverIsSaid() {
    Talk talk = connected(this::answer);
    talk.send(SampleCity.observations(), 3, this::answer);
    Random random = new Random(14);
    for (Described described : SampleCity.observations()) {
      Described told =
          new Described(
              described.observation(),
              described.datastream(),
              new KnownThing(described.thing().id(), described.thing().name(), null));
      Optional<Inquiry> inquiry = talk.dialect.inquiry(link(), talk.state, told);
      if (inquiry.isEmpty()) {
        continue;
      }
      Message question = inquiry.get().question();
      assertThat(question.verb()).isEqualTo(Verb.GET);
      assertThat(question.payload()).isEmpty();
      assertThat(question.channel() + question.headers())
          .doesNotContain("52.507", "6.08377", "52.50981", described.thing().name());
      for (int i = 0; i < 40; i++) {
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        Inquiry.Finding finding =
            inquiry.get().reading().apply(new Answer.Replied(random.nextInt(600), noise));
        assertThat(finding.isHeld()).as("noise is no Observation").isFalse();
        assertThat(finding.sentence()).hasSizeGreaterThan(10);
      }
    }
  }

  @Test
  public void whatItWritesItReadsBack() throws Exception {
    Talk talk = connected(this::answer);
    talk.send(SampleCity.observations(), 3, this::answer);
    List<ToldObservation> told = new ArrayList<>();
    for (Message message : talk.sent) {
      told.addAll(kind().reader(set(), Names.NONE).read(message));
    }
    assertThat(told).hasSizeGreaterThanOrEqualTo(talk.delivered().size());
  }

  @Test
  public void aMessageThatIsCutShortOrBrokenIsCalledSo() {
    Talk talk = connected(this::answer);
    talk.send(SampleCity.observations(), 3, this::answer);
    Random random = new Random(13);
    for (Message message : talk.sent) {
      byte[] whole = message.payload();
      for (int i = 0; i < 60; i++) {
        byte[] bad = Arrays.copyOf(whole, whole.length == 0 ? 0 : random.nextInt(whole.length));
        if (i % 2 == 0 && bad.length > 0) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          kind()
              .reader(set(), Names.NONE)
              .read(
                  new Message(message.channel(), message.mediaType(), bad, false)
                      .by(message.verb()));
        } catch (UnreadableMessageException e) {
          assertThat(e).hasMessageMatching("(?s).{10,}");
        } catch (SettingsException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** At a desk it is found by ServiceLoader: {@code META-INF/services}. */
  @Test
  public void itIsFoundAtADesk() {
    assertThat(ServiceLoader.load(DialectKind.class))
        .extracting(DialectKind::name)
        .contains(kind().name());
    assertThat(kind().title().length()).isBetween(10, 120);
    kind().options().forEach(option -> assertThat(option.meaning().length()).isGreaterThan(9));
  }
}
