package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Settings;
import city.mycelium.dialect.senml.SenmlCodec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code mycelium-block}: the wire of docs/wire.md with the shortest data messages. */
@Component(service = DialectKind.class)
public final class BlockComponent implements DialectKind {

  @Activate
  public BlockComponent() {}

  @Override
  public String name() {
    return "mycelium-block";
  }

  @Override
  public String title() {
    return "Delta-coded blocks for our own receiver: a few bytes per observation, for metered links";
  }

  @Override
  public Dialect dialect(Settings settings, Names names) {
    return new SenmlDialect(SenmlCodec.block());
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return new SenmlReader(SenmlCodec.block());
  }
}
