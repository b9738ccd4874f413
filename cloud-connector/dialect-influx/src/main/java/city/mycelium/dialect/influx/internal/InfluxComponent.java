package city.mycelium.dialect.influx.internal;

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

/** Offers {@code influx}. */
@Component(service = DialectKind.class)
public final class InfluxComponent implements DialectKind {

  @Activate
  public InfluxComponent() {}

  @Override
  public String name() {
    return "influx";
  }

  @Override
  public String title() {
    return "InfluxDB line protocol to an InfluxDB 1 or 2 of one's own; repeats overwrite"
        + " themselves";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("version", "1", "1 for InfluxDB 1 (/write), 2 for InfluxDB 2 (/api/v2/write)"),
        new Option("db", "", "the database; needed for version 1"),
        new Option("rp", "", "its retention policy, for version 1; its default one if empty"),
        new Option("org", "", "the organisation; needed for version 2"),
        new Option("bucket", "", "the bucket; needed for version 2"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new LineDialect(layout(settings, names));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) throws SettingsException {
    return new LineReader(layout(settings, names));
  }

  private static Layout layout(Settings settings, Names names) throws SettingsException {
    return new InfluxLayout(channel(settings), queryChannel(settings), MappedNames.checked(names));
  }

  /** InfluxDB OSS v1 API reference, /write; InfluxDB v2 API, POST /api/v2/write. */
  private static String channel(Settings settings) throws SettingsException {
    if (settings.choice("version", List.of("1", "2")).equals("1")) {
      return new Query("write")
          .with("db", needed(settings, "db"))
          .with("rp", settings.text("rp"))
          .with("precision", "ns")
          .toString();
    }
    return new Query("api/v2/write")
        .with("org", needed(settings, "org"))
        .with("bucket", needed(settings, "bucket"))
        .with("precision", "ns")
        .toString();
  }

  /** InfluxDB 2 asks in Flux, for which a token that may write is not enough. */
  private static String queryChannel(Settings settings) {
    return settings.text("version").equals("1")
        ? new Query("query")
            .with("db", settings.text("db"))
            .with("rp", settings.text("rp"))
            .with("epoch", "ns")
            .toString()
        : "";
  }

  private static String needed(Settings settings, String option) throws SettingsException {
    String value = settings.text(option);
    if (value.isEmpty()) {
      throw new SettingsException(
          "InfluxDB "
              + settings.text("version")
              + " needs "
              + option
              + ": set dialect."
              + option
              + " (or another dialect.version)");
    }
    return value;
  }
}
