package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.regex.Pattern;

/** What both of Kura's payload forms have in common. */
abstract class KuraKind implements DialectKind {

  /** Levels of a topic, as far as a channel can say them. */
  private static final Pattern RESOURCE =
      Pattern.compile("[!-~&&[^\"#+/<>\\\\^`{|}]]+(/[!-~&&[^\"#+/<>\\\\^`{|}]]+)*");

  private static final int LONGEST_RESOURCE = 500;

  private final PayloadForm form;

  KuraKind(PayloadForm form) {
    this.form = form;
  }

  @Override
  public final List<Option> options() {
    return Account.OPTIONS;
  }

  @Override
  public final Dialect dialect(Settings settings, Names names) throws SettingsException {
    for (String name : names.datastreams().values()) {
      if (name.length() > LONGEST_RESOURCE || !RESOURCE.matcher(name).matches()) {
        throw new SettingsException(
            "a datastream is called by levels of a topic with / between them, at most "
                + LONGEST_RESOURCE
                + " characters of ASCII without space, + #, not '"
                + name
                + "'");
      }
    }
    return new KuraDialect(Account.of(settings), form, names);
  }

  @Override
  public final MessageReader reader(Settings settings, Names names) throws SettingsException {
    return new KuraReader(Account.of(settings), form);
  }
}
