package city.mycelium.dialect.kura.internal;

import city.mycelium.api.dialect.Link;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom a gateway is at Kapua, and where its data goes there.
 *
 * @param account the account's name
 * @param client the client id; {@code {gateway}} stands for the gateway's id
 * @param app the application that the data belongs to
 * @param control what control topics begin with
 */
record Account(String account, String client, String app, String control) {

  static final List<Option> OPTIONS =
      List.of(
          Option.required("account", "name of the account at Kapua; one level of a topic"),
          new Option(
              "client",
              "{gateway}",
              "client id at Kapua; {gateway} stands for the gateway's own id. The connector's"
                  + " clientId has to be the same"),
          new Option("app", "mycelium", "application id, the third level of a data topic"),
          new Option("controlPrefix", "$EDC", "what control topics begin with"));

  /** One level of a topic, as far as a channel can say it. */
  private static final Pattern LEVEL = Pattern.compile("[!-~&&[^\"#+/<>\\\\^`{|}]]{1,100}");

  static Account of(Settings settings) throws SettingsException {
    Account account =
        new Account(
            level(settings, "account"),
            settings.text("client"),
            level(settings, "app"),
            level(settings, "controlPrefix"));
    require("client", account.client().replace("{gateway}", "gateway"));
    return account;
  }

  private static String level(Settings settings, String option) throws SettingsException {
    require(option, settings.text(option));
    return settings.text(option);
  }

  private static void require(String option, String level) throws SettingsException {
    if (!LEVEL.matcher(level).matches()) {
      throw new SettingsException(
          option
              + " is one level of a topic: 1 to 100 characters of ASCII without space, + / #, not '"
              + level
              + "'");
    }
  }

  private String clientOf(Link link) {
    return client.replace("{gateway}", link.gateway().value());
  }

  /** Where data of a resource goes; a resource may have several levels. */
  String data(Link link, String resource) {
    return account + "/" + clientOf(link) + "/" + app + "/" + resource;
  }

  /** Where a gateway's life is told: BIRTH, DC, LWT. */
  String life(Link link, String word) {
    return control + "/" + account + "/" + clientOf(link) + "/MQTT/" + word;
  }
}
