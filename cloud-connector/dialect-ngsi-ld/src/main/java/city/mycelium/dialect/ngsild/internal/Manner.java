package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.dialect.KnownThing;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How one broker wants to be spoken to.
 *
 * @param keyValues in the simplified form, without units and identity
 * @param inline the terms go in each entity; else a link to them does
 * @param contextUrl of the linked terms; empty if inline
 * @param tenant empty for the broker's own
 * @param everyValue a backlog goes value by value, so that the broker's history has all of it
 * @param fixed by type: attributes that no sensor says, such as a bay's category
 */
record Manner(
    boolean keyValues,
    boolean inline,
    String contextUrl,
    String tenant,
    boolean everyValue,
    JsonObject fixed,
    Names names) {

  private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9._~:-]{1,200}");
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9_./-]{0,100}");

  static final List<Option> OPTIONS =
      List.of(
          new Option(
              "form",
              "normalized",
              "normalized (with units and identity) or keyValues (values only)"),
          new Option(
              "context",
              "inline",
              "inline (the terms go along, the broker fetches nothing) or linked (by contextUrl)"),
          new Option("contextUrl", "", "where the broker can fetch the terms, if they are linked"),
          new Option("tenant", "", "the NGSILD-Tenant; empty for the broker's own"),
          new Option(
              "history",
              "each",
              "each (a backlog goes value by value, for the broker's history) or newest (only what"
                  + " is current; older values count as delivered)"),
          new Option(
              "fixed",
              "{}",
              "attributes that no sensor says, as JSON by type:"
                  + " {\"ParkingSpot\":{\"category\":[\"onStreet\"]}}"));

  /**
   * As a Destination's settings say.
   *
   * @throws SettingsException if they make no sense
   */
  static Manner of(Settings settings, Names names) throws SettingsException {
    boolean inline = settings.choice("context", List.of("inline", "linked")).equals("inline");
    String url = settings.text("contextUrl");
    if (inline != url.isEmpty()) {
      throw new SettingsException(
          inline
              ? "contextUrl is of use only with context linked: set that, or take contextUrl out"
              : "context linked needs contextUrl, where the broker can fetch the terms");
    }
    if (!inline) {
      requireUrl(url);
    }
    String tenant = settings.text("tenant");
    if (!TENANT.matcher(tenant).matches()) {
      throw new SettingsException(
          "tenant is up to 100 of A-Z a-z 0-9 _ . / -, not '" + tenant + "'");
    }
    for (String local : names.things().values()) {
      if (!LOCAL.matcher(local).matches()) {
        throw new SettingsException(
            "in NGSI-LD the mapping file gives the last part of a Thing's entity id, up to 200 of"
                + " A-Z a-z 0-9 . _ ~ : -, not '"
                + local
                + "'");
      }
    }
    return new Manner(
        settings.choice("form", List.of("normalized", "keyValues")).equals("keyValues"),
        inline,
        url,
        tenant,
        settings.choice("history", List.of("each", "newest")).equals("each"),
        fixed(settings.text("fixed")),
        names);
  }

  private static void requireUrl(String url) throws SettingsException {
    try {
      URI uri = URI.create(url);
      if (uri.isAbsolute() && url.startsWith("http") && !url.contains(">")) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for one that is not absolute.
    }
    throw new SettingsException("contextUrl is an http or https URL, not '" + url + "'");
  }

  private static JsonObject fixed(String text) throws SettingsException {
    try {
      if (JsonReader.value(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject types
          && types.members().values().stream().allMatch(JsonObject.class::isInstance)) {
        return types;
      }
    } catch (JsonException e) {
      throw new SettingsException("fixed is not JSON: " + e.getMessage(), e);
    }
    throw new SettingsException("fixed is a JSON object of objects, by type, not '" + text + "'");
  }

  /**
   * The id of the entity for a Thing: ETSI GS CIM 009, 4.6.2 and Annex A.3. An aggregate has one of
   * its own, or an hour's mean and the last minute would overwrite each other.
   */
  String entity(GatewayId gateway, KnownThing thing, String type, Datastream datastream) {
    Duration window = datastream.window();
    return "urn:ngsi-ld:"
        + type
        + ":"
        + names.of(thing.id()).orElseGet(() -> gateway + ":" + thing.id())
        + (window == null ? "" : ":" + Value.period(window));
  }
}
