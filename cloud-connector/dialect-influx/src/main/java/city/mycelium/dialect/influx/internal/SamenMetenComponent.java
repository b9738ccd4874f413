package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code samen-meten}. */
@Component(service = DialectKind.class)
public final class SamenMetenComponent implements DialectKind {

  private static final String RAW = "raw";
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Activate
  public SamenMetenComponent() {}

  @Override
  public String name() {
    return "samen-meten";
  }

  @Override
  public String title() {
    return "RIVM Samen Meten, in the InfluxDB lines agreed with suppliers of citizen sensors";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "group", "the name of your group, as agreed with RIVM: lines go to m_<group>"),
        new Option("db", "", "the database, as agreed with RIVM; the name of the group if empty"),
        Option.required(
            "setups",
            "which sensor measures what, such as PM10=SDS011,PM2.5=SDS011,NO2=NO2-B43F: RIVM does"
                + " not take values of unknown sensors"),
        new Option(
            "windows",
            RAW,
            "raw for what the sensors say, or the length of the aggregates to tell, such as PT1H;"
                + " never both, for they would overwrite each other"));
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
    String group = settings.text("group");
    if (!GROUP.matcher(group).matches()) {
      throw new SettingsException(
          "group is 1 to 64 of A-Z a-z 0-9 _ -, as agreed with RIVM, not '" + group + "'");
    }
    String db = settings.text("db");
    return new SamenMetenLayout(
        // In a line without a time RIVM's server takes its own; ours carry theirs, in ms.
        new Query("write").with("db", db.isEmpty() ? group : db).with("precision", "ms").toString(),
        "m_" + group,
        setups(settings.text("setups")),
        window(settings.text("windows")),
        MappedNames.checked(names));
  }

  private static Map<String, String> setups(String text) throws SettingsException {
    Map<String, String> setups = new LinkedHashMap<>();
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1 || each.substring(equals + 1).isBlank()) {
        throw new SettingsException(
            "setups is component=sensor, separated by commas, such as PM10=SDS011; this is none: '"
                + each.strip()
                + "'");
      }
      setups.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
    }
    return setups;
  }

  private static @Nullable Duration window(String text) throws SettingsException {
    if (text.equals(RAW)) {
      return null;
    }
    try {
      Duration length = Duration.parse(text);
      if (!length.isZero() && !length.isNegative()) {
        return length;
      }
    } catch (DateTimeException e) {
      // Said below, as for a length that is none.
    }
    throw new SettingsException("windows is raw or a length such as PT1H, not '" + text + "'");
  }
}
