package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.net.URI;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code open-data}. */
@Component(service = DialectKind.class)
public final class OpenDataComponent implements DialectKind {

  @Activate
  public OpenDataComponent() {}

  @Override
  public String name() {
    return "open-data";
  }

  @Override
  public String title() {
    return "files for an open-data portal: CSV by the day, GeoJSON of the places, DCAT-AP";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required("baseUrl", "where the files can be had, such as https://data.example/air/"),
        Option.required("title", "what the dataset is called"),
        Option.required("description", "what it holds, in a sentence or two"),
        Option.required("publisher", "who is responsible for it"),
        new Option("language", "en", "of title and description, such as nl (BCP 47)"),
        new Option(
            "license",
            "http://creativecommons.org/publicdomain/zero/1.0/",
            "address of the licence; what is preset gives all rights away (CC0)"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    String base = address(settings, "baseUrl");
    Description description =
        new Description(
            base.endsWith("/") ? base : base + "/",
            settings.text("title"),
            settings.text("description"),
            settings.text("publisher"),
            settings.text("language"),
            address(settings, "license"));
    return new OpenDataDialect(new DayRows(names), new Places(names), description);
  }

  private static String address(Settings settings, String option) throws SettingsException {
    String text = settings.text(option);
    try {
      URI uri = URI.create(text);
      if (uri.isAbsolute() && uri.getHost() != null) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for an address without a host.
    }
    throw new SettingsException(
        option + " is an address such as https://data.example/air/, not '" + text + "'");
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return new OpenDataReader();
  }
}
