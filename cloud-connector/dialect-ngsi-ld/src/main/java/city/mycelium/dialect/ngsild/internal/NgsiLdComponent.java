package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code ngsi-ld}. */
@Component(service = DialectKind.class)
public final class NgsiLdComponent implements DialectKind {

  @Activate
  public NgsiLdComponent() {}

  @Override
  public String name() {
    return "ngsi-ld";
  }

  @Override
  public String title() {
    return "NGSI-LD (ETSI GS CIM 009): one entity per station in the smart data models";
  }

  @Override
  public List<Option> options() {
    return Manner.OPTIONS;
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new NgsiLdDialect(Manner.of(settings, names), new AttributeTable(names));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) throws SettingsException {
    return new NgsiLdReader(Manner.of(settings, names));
  }
}
