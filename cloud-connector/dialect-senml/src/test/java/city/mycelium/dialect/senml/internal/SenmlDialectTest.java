package city.mycelium.dialect.senml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.DialectEvent.Answered;
import city.mycelium.api.dialect.DialectEvent.Connected;
import city.mycelium.api.dialect.DialectEvent.Received;
import city.mycelium.api.dialect.DialectEvent.Send;
import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Link.Proof;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import city.mycelium.dialect.senml.Packs;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The gateway's end of docs/wire.md. */
class SenmlDialectTest {

  private static final Link RECEIVER =
      new Link(Packs.GATEWAY, Packs.EPOCH, List.of(), "city", Proof.RECEIVER);
  private static final Link BROKER =
      new Link(Packs.GATEWAY, Packs.EPOCH, List.of(), "city", Proof.ANSWER);
  private static final OffsetRange COVERS = new OffsetRange(11, 20);
  private static final long NOON = 1_795_435_200_000L;

  private final SenmlDialect dialect = SenmlDialect.cbor();

  @Test
  void theTwoDialectsHaveTheNamesThatConfigurationUses() {
    assertThat(new SenmlJsonComponent().name()).isEqualTo("senml-json");
    assertThat(new SenmlCborComponent().name()).isEqualTo("senml-cbor");
    assertThat(new SenmlJsonComponent().name()).isEqualTo("senml-json");
    assertThat(new SenmlCborComponent().name()).isEqualTo("senml-cbor");
  }

  @Test
  void observationsBecomeOnePackOnTheDataChannel() throws SenmlException {
    for (SenmlDialect each : List.of(SenmlDialect.json(), SenmlDialect.cbor())) {
      Turn turn =
          each.turn(
              RECEIVER,
              new byte[0],
              new Send(COVERS, 2, List.of(at(12, NOON), at(19, NOON)), NOON));
      assertThat(turn.outcomes()).isEmpty();
      assertThat(turn.dispatches()).hasSize(1);
      assertThat(turn.dispatches().get(0).covers()).isEqualTo(COVERS);
      Message message = turn.dispatches().get(0).message();
      assertThat(message.channel()).isEqualTo("data");
      assertThat(message.retained()).isFalse();
      SenmlPack pack =
          SenmlCodec.forMediaType(message.mediaType()).orElseThrow().decode(message.payload());
      assertThat(pack.covers()).isEqualTo(COVERS);
      assertThat(pack.dropped()).isEqualTo(2);
      assertThat(pack.entries())
          .extracting(SenmlPack.Entry::observation)
          .containsExactly(at(12, NOON).observation(), at(19, NOON).observation());
      assertThat(pack.entries().get(0).property()).isEqualTo("PM10");
      assertThat(pack.entries().get(0).unit()).isEqualTo(Unit.MICROGRAM_PER_CUBIC_METRE);
    }
  }

  // Offsets that are not for this recipient still have to be covered.
  @Test
  void aRangeWithoutObservationsIsSentToo() {
    assertThat(turn(RECEIVER, new Send(COVERS, 0, List.of(), NOON)).dispatches()).hasSize(1);
  }

  // One reading with the clock at 1970 must not stop all that comes after it.
  @Test
  void anObservationFromBeforeSenmlsTimeIsRejectedAloneAndCountedAsDropped() throws SenmlException {
    Turn turn = turn(RECEIVER, new Send(COVERS, 2, List.of(at(12, 1_000), at(19, NOON)), NOON));
    assertThat(turn.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.offsets()).isEqualTo(new OffsetRange(12, 12)));
    SenmlPack pack = SenmlCodec.cbor().decode(turn.dispatches().get(0).message().payload());
    assertThat(pack.dropped()).isEqualTo(3);
    assertThat(pack.entries()).hasSize(1);
  }

  @Test
  void aConnectionIsGreetedWithARetainedStatus() throws SenmlException {
    Turn turn = turn(RECEIVER, new Connected(new Catalogue(List.of(), List.of(STREAM)), NOON));
    assertThat(turn.dispatches()).hasSize(1);
    assertThat(turn.dispatches().get(0).covers()).isNull();
    Message hello = turn.dispatches().get(0).message();
    assertThat(hello.channel()).isEqualTo("status");
    assertThat(hello.mediaType()).isEqualTo("application/json");
    assertThat(hello.retained()).isTrue();
    Status status = Status.parse(hello.payload());
    assertThat(status.online()).isTrue();
    assertThat(status.epoch()).isEqualTo(Packs.EPOCH);
    assertThat(status.datastreams()).hasSize(1);
  }

  @Test
  void theFarewellSaysOfflineAndStays() throws SenmlException {
    Message farewell = dialect.farewell(RECEIVER, new byte[0]).orElseThrow();
    assertThat(farewell.channel()).isEqualTo("status");
    assertThat(farewell.retained()).isTrue();
    assertThat(Status.parse(farewell.payload()).online()).isFalse();
  }

  // docs/wire.md, 1: a broker's answer says that the broker has it, no more.
  @Test
  void anAnswerIsDeliveryOnlyWhereNothingBetterIsPromised() {
    Answer answer = new Answer.Replied(0, new byte[0]);
    assertThat(turn(BROKER, new Answered(COVERS, "", answer)).outcomes())
        .containsExactly(new Outcome.Delivered(Packs.EPOCH, COVERS));
    assertThat(turn(RECEIVER, new Answered(COVERS, "", answer)).outcomes()).isEmpty();
  }

  @Test
  void whatWasRefusedForGoodIsRejectedAndTheRestIsSentAgain() {
    for (Link link : List.of(BROKER, RECEIVER)) {
      assertThat(
              turn(link, new Answered(COVERS, "", new Answer.Refused("too large", true)))
                  .outcomes())
          .containsExactly(new Outcome.Rejected(COVERS, "too large"));
      assertThat(
              turn(link, new Answered(COVERS, "", new Answer.Refused("quota", false))).outcomes())
          .containsExactly(new Outcome.SendAgain(COVERS, "quota"));
      assertThat(turn(link, new Answered(COVERS, "", new Answer.Unknown("line lost"))).outcomes())
          .containsExactly(new Outcome.SendAgain(COVERS, "line lost"));
    }
  }

  @Test
  void theReceiverIsListenedToWhereItIsTheProof() {
    assertThat(dialect.inboundChannels(RECEIVER)).containsExactly("ack");
    assertThat(dialect.inboundChannels(BROKER)).isEmpty();
  }

  // What lies between two covered ranges is not there; sync knows whether it is still on its way.
  @Test
  void anAcknowledgementDeliversAllThatItCoversAndNamesWhatLiesBetween() {
    Acknowledgement ack =
        new Acknowledgement(
            Packs.EPOCH, 14, List.of(new OffsetRange(16, 17), new OffsetRange(20, 20)), 9);
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes())
        .containsExactly(
            new Outcome.Delivered(Packs.EPOCH, new OffsetRange(1, 14)),
            new Outcome.Delivered(Packs.EPOCH, new OffsetRange(16, 17)),
            new Outcome.Missing(Packs.EPOCH, new OffsetRange(15, 15)),
            new Outcome.Delivered(Packs.EPOCH, new OffsetRange(20, 20)),
            new Outcome.Missing(Packs.EPOCH, new OffsetRange(18, 19)));
  }

  // A receiver that has not joined its ranges says nothing wrong.
  @Test
  void nothingIsMissingBetweenRangesThatTouch() {
    Acknowledgement ack =
        new Acknowledgement(
            Packs.EPOCH, 14, List.of(new OffsetRange(15, 17), new OffsetRange(18, 20)), 9);
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes())
        .hasSize(3)
        .allMatch(Outcome.Delivered.class::isInstance);
  }

  @Test
  void anAcknowledgementOfNothingDeliversNothing() {
    Acknowledgement ack = new Acknowledgement(Packs.EPOCH, 0, List.of(), 0);
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes()).isEmpty();
  }

  // docs/wire.md, 4: what was refused is dropped at the gateway, and not asked for again.
  @Test
  void whatTheReceiverRefusesForGoodIsRejectedAndNotCalledMissing() {
    Acknowledgement ack =
        new Acknowledgement(
            Packs.EPOCH,
            14,
            List.of(new OffsetRange(20, 20)),
            9,
            List.of(
                new Refused(new OffsetRange(16, 17), "no such unit"),
                new Refused(new OffsetRange(19, 19), "no such shape")));
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes())
        .containsExactly(
            new Outcome.Rejected(new OffsetRange(16, 17), "the receiver: no such unit"),
            new Outcome.Rejected(new OffsetRange(19, 19), "the receiver: no such shape"),
            new Outcome.Delivered(Packs.EPOCH, new OffsetRange(1, 14)),
            new Outcome.Delivered(Packs.EPOCH, new OffsetRange(20, 20)),
            new Outcome.Missing(Packs.EPOCH, new OffsetRange(15, 15)),
            new Outcome.Missing(Packs.EPOCH, new OffsetRange(18, 18)));
  }

  @Test
  void aRefusalOfAnotherEpochMeansNothing() {
    Acknowledgement ack =
        new Acknowledgement(
            Packs.EPOCH + 1,
            0,
            List.of(),
            0,
            List.of(new Refused(new OffsetRange(16, 17), "no such unit")));
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes()).isEmpty();
  }

  // docs/wire.md, 3: a pack beyond what the epochs have in common need not name them.
  @Test
  void predecessorsAreNamedWhereTheyHaveOffsetsInCommonWithThePack() throws SenmlException {
    Link restored =
        new Link(
            Packs.GATEWAY,
            Packs.EPOCH,
            List.of(new Predecessor(3, 20), new Predecessor(2, 10), new Predecessor(1, 0)),
            "city",
            Proof.RECEIVER);
    assertThat(predecessors(restored, new OffsetRange(10, 12)))
        .containsExactly(new Predecessor(3, 20), new Predecessor(2, 10));
    assertThat(predecessors(restored, new OffsetRange(11, 40)))
        .containsExactly(new Predecessor(3, 20));
    assertThat(predecessors(restored, new OffsetRange(21, 40))).isEmpty();
    Turn hello = turn(restored, new Connected(Catalogue.EMPTY, NOON));
    assertThat(Status.parse(hello.dispatches().get(0).message().payload()).predecessors())
        .containsExactly(new Predecessor(3, 20), new Predecessor(2, 10));
  }

  // Or a receiver would take what is new after a restored backup for what an elder epoch had there.
  @Test
  void withAnElderEpochNoMoreIsInCommonThanWithALaterOne() throws SenmlException {
    Link restored =
        new Link(
            Packs.GATEWAY,
            Packs.EPOCH,
            List.of(new Predecessor(3, 600), new Predecessor(2, 1_000)),
            "city",
            Proof.RECEIVER);
    assertThat(predecessors(restored, new OffsetRange(500, 800)))
        .containsExactly(new Predecessor(3, 600), new Predecessor(2, 600));
    assertThat(predecessors(restored, new OffsetRange(601, 800))).isEmpty();
  }

  private List<Predecessor> predecessors(Link link, OffsetRange covers) throws SenmlException {
    Turn turn = turn(link, new Send(covers, 0, List.of(), NOON));
    return SenmlCodec.cbor().decode(turn.dispatches().get(0).message().payload()).predecessors();
  }

  // The broker keeps the last one: after a restored journal it is of another epoch.
  @Test
  void anAcknowledgementOfAnotherEpochMeansNothing() {
    Acknowledgement ack = new Acknowledgement(Packs.EPOCH + 1, 14, List.of(), 9);
    assertThat(turn(RECEIVER, received("ack", ack.toJson())).outcomes()).isEmpty();
  }

  @Test
  void whatCannotBeReadDeliversNothingAndIsSaid() {
    byte[] noise = "{'wire'".getBytes(StandardCharsets.UTF_8);
    assertThat(turn(RECEIVER, received("ack", noise)).outcomes())
        .singleElement()
        .isInstanceOf(Outcome.Unintelligible.class);
    assertThat(turn(RECEIVER, received("data", noise)).outcomes())
        .singleElement()
        .isInstanceOf(Outcome.Unintelligible.class);
  }

  // Whoever can write to the broker may not talk a gateway that trusts the broker out of its data.
  @Test
  void anAcknowledgementThatNobodyAskedForDeliversNothing() {
    Acknowledgement ack = new Acknowledgement(Packs.EPOCH, 14, List.of(), 9);
    assertThat(turn(BROKER, received("ack", ack.toJson())).outcomes())
        .singleElement()
        .isInstanceOf(Outcome.Unintelligible.class);
  }

  @Test
  void timeMeansNothing() {
    Turn turn = turn(RECEIVER, new DialectEvent.Tick(NOON));
    assertThat(turn.dispatches()).isEmpty();
    assertThat(turn.outcomes()).isEmpty();
  }

  private static final Datastream STREAM =
      new Datastream(
          new DatastreamId("sds.1/PM10"),
          new ThingId("front.12"),
          new DeviceId("sds.1"),
          Vocabulary.PM10,
          Unit.MICROGRAM_PER_CUBIC_METRE,
          null,
          null);

  private static Described at(long offset, long from) {
    return new Described(
        new Observation(
            new Identity(Packs.GATEWAY, Packs.EPOCH, offset),
            STREAM.id(),
            PhenomenonTime.at(from),
            new Measurement(12.5),
            Quality.GOOD,
            from),
        STREAM,
        new KnownThing(STREAM.thing(), "Lamp post 7", null));
  }

  private Turn turn(Link link, DialectEvent event) {
    return dialect.turn(link, new byte[0], event);
  }

  private static Received received(String channel, byte[] payload) {
    return new Received(new Message(channel, "application/json", payload, true));
  }
}
