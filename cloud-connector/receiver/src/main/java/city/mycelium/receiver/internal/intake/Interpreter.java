package city.mycelium.receiver.internal.intake;

import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.Status;
import city.mycelium.receiver.internal.intake.Topics.Channel;
import city.mycelium.receiver.internal.intake.Topics.Spoken;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Route;

/** Understands messages by docs/wire.md, whole or not at all. Safe for use by many threads. */
public final class Interpreter {

  /** A pack of some thousand Observations is far smaller; what is larger is a mistake. */
  static final int MAX_PAYLOAD_BYTES = 1 << 20;

  private final Topics topics;

  public Interpreter(Topics topics) {
    this.topics = topics;
  }

  /**
   * What the message says.
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

  private static Arrival data(Route route, Inbound message) throws SenmlException {
    SenmlCodec codec =
        SenmlCodec.forMediaType(message.contentType())
            .orElseThrow(
                () -> unlike("its content type is neither application/senml+json nor …+cbor"));
    SenmlPack pack = codec.decode(message.payload());
    if (!pack.gateway().equals(route.gateway())) {
      throw unlike("gateway " + route.gateway() + " may not speak for another one");
    }
    return new Arrival.Pack(route, pack);
  }

  private static SenmlException unlike(String why) {
    return new SenmlException(why, SenmlException.UNKNOWN_POSITION);
  }
}
