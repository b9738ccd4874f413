package city.mycelium.dialect.sparkplug.internal;

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

/** Offers {@code sparkplug}. */
@Component(service = DialectKind.class)
public final class SparkplugComponent implements DialectKind {

  @Activate
  public SparkplugComponent() {}

  @Override
  public String name() {
    return "sparkplug";
  }

  @Override
  public String title() {
    return "Eclipse Sparkplug B 3.0: an edge node with births, deaths, history and a primary host";
  }

  @Override
  public List<Option> options() {
    return EdgeNode.OPTIONS;
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new SparkplugDialect(EdgeNode.of(settings, names));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) throws SettingsException {
    EdgeNode.of(settings, names);
    return new SparkplugReader();
  }
}
