package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code wow}. */
@Component(service = DialectKind.class)
public final class WowComponent implements DialectKind {

  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  @Activate
  public WowComponent() {}

  @Override
  public String name() {
    return "wow";
  }

  @Override
  public String title() {
    return "Weather Observations Website (KNMI WOW-NL, Met Office): one weather station's reports";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required("siteId", "the id of the site, as WOW shows it"),
        Option.required(
            "siteKey", "its authentication key, 6 digits; a secret: whoever has it can report"),
        Option.required(
            "thing", "the Thing that stands there; what is observed of others is rejected"),
        new Option(
            "intervalSeconds",
            "600",
            "600 to 86400: one report per so many seconds of observation time; WOW asks for no"
                + " more than one per 600"),
        new Option("software", "mycelium", "what WOW shows as the station's software"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    String siteId = settings.text("siteId");
    String siteKey = settings.text("siteKey");
    if (!SITE.matcher(siteId).matches()) {
      throw new SettingsException("siteId is a number or a UUID, not '" + siteId + "'");
    }
    if (!SITE.matcher(siteKey).matches()) { // which is not repeated here
      throw new SettingsException("siteKey is the 6 digits that WOW shows with the site");
    }
    return new WowDialect(
        new WowForm(siteId, siteKey, settings.text("software")),
        settings.text("thing"),
        settings.whole("intervalSeconds", 600, 86_400));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) {
    return (Message message) -> WowForm.read(message);
  }
}
