package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Settings;
import city.mycelium.dialect.senml.SenmlCodec;

/** What both forms of SenML have in common. Names are ours: the receiver knows no others. */
abstract class SenmlKind implements DialectKind {

  private final SenmlCodec codec;

  SenmlKind(SenmlCodec codec) {
    this.codec = codec;
  }

  @Override
  public final Dialect dialect(Settings settings, Names names) {
    return new SenmlDialect(codec);
  }

  @Override
  public final MessageReader reader(Settings settings, Names names) {
    return new SenmlReader(codec);
  }
}
