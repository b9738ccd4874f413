package city.mycelium.receiver.internal.intake;

import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.dialect.senml.UnacceptablePackException;
import city.mycelium.receiver.internal.intake.Topics.Channel;
import city.mycelium.receiver.internal.intake.Topics.Spoken;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Arrival.Sample;
import city.mycelium.receiver.internal.store.Route;
import java.time.InstantSource;

/** Understands messages by docs/wire.md. Safe for use by many threads. */
public final class Interpreter {

  /** A pack of some thousand Observations is far smaller; what is larger is a mistake. */
  static final int MAX_PAYLOAD_BYTES = 1 << 20;

  private final Topics topics;
  private final InstantSource clock;

  public Interpreter(Topics topics, InstantSource clock) {
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * What the message says; of a pack that can never be taken, what it would have covered.
   *
   * @throws SenmlException if it is not what docs/wire.md allows there; the message tells a person
   *     why, without anything of the payload
   */
  Arrival understand(Inbound message) throws SenmlException {
    if (message.payload().length > MAX_PAYLOAD_BYTES) {
      throw unlike(
          "it has "
              + message.payload().length
              + " bytes, at most "
              + MAX_PAYLOAD_BYTES
              + " are taken");
    }
    Spoken spoken = topics.parse(message.topic());
    return spoken.channel() == Channel.STATUS
        ? new Arrival.Introduction(spoken.route(), Status.parse(message.payload()))
        : data(spoken.route(), message);
  }

  /** That a pack which was understood can never be taken all the same. */
  Arrival unacceptable(Arrival.Pack pack, String why, Inbound message) {
    return unacceptable(pack.route(), pack.content().coverage(), why, message);
  }

  private Arrival unacceptable(Route route, PackCoverage coverage, String why, Inbound message) {
    return new Arrival.Unacceptable(
        route, coverage, why, Sample.of(message.contentType(), message.payload(), clock.millis()));
  }

  private Arrival data(Route route, Inbound message) throws SenmlException {
    SenmlCodec codec =
        SenmlCodec.forMediaType(message.contentType())
            .orElseThrow(
                () ->
                    unlike(
                        "its content type is neither application/senml+json nor …+cbor nor"
                            + " application/vnd.mycelium.block"));
    SenmlPack pack;
    try {
      pack = codec.decode(message.payload());
    } catch (UnacceptablePackException e) {
      mustSpeakForItself(route, e.coverage());
      return unacceptable(route, e.coverage(), String.valueOf(e.getMessage()), message);
    }
    mustSpeakForItself(route, pack.coverage());
    return new Arrival.Pack(route, pack);
  }

  private static void mustSpeakForItself(Route route, PackCoverage told) throws SenmlException {
    if (!told.gateway().equals(route.gateway())) {
      throw unlike("gateway " + route.gateway() + " may not speak for another one");
    }
  }

  private static SenmlException unlike(String why) {
    return new SenmlException(why, SenmlException.UNKNOWN_POSITION);
  }
}
