package city.mycelium.dialect.senml.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import java.util.ArrayList;
import java.util.List;

/** Reads data packs back; status and acknowledgement tell of no Observation. */
final class SenmlReader implements MessageReader {

  private final SenmlCodec codec;

  SenmlReader(SenmlCodec codec) {
    this.codec = codec;
  }

  @Override
  public List<ToldObservation> read(Message message) throws UnreadableMessageException {
    if (!message.channel().equals(SenmlDialect.DATA)) {
      return List.of();
    }
    SenmlPack pack;
    try {
      pack = codec.decode(message.payload());
    } catch (SenmlException e) {
      throw new UnreadableMessageException(String.valueOf(e.getMessage()), e);
    }
    List<ToldObservation> told = new ArrayList<>(pack.entries().size());
    for (SenmlPack.Entry entry : pack.entries()) {
      String property = entry.property();
      Unit unit = entry.unit();
      told.add(
          new ToldObservation(
              entry.observation().datastream().value(),
              property == null ? "" : property,
              unit == null ? null : unit.code(),
              entry.observation().phenomenonTime(),
              entry.observation().result(),
              entry.observation().identity()));
    }
    return told;
  }
}
