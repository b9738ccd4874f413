package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code json}. */
@Component(service = DialectKind.class)
public final class PlainJsonComponent implements DialectKind {

  private static final String OBSERVATION = "observation";
  private static final String ARRAY = "array";

  @Activate
  public PlainJsonComponent() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public String title() {
    return "plain JSON to topics or paths by a template, each message with its identity";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "topic",
            "{thing}/{property}",
            "where to: text with {gateway}, {destination}, {thing}, {device}, {datastream},"
                + " {property}, {window}; a name is one level, whatever is in it"),
        new Option(
            "shape",
            OBSERVATION,
            "observation for a message each, array for one array per topic and batch"));
  }

  @Override
  public Dialect dialect(Settings settings, Names names) throws SettingsException {
    return new PlainJsonDialect(
        TopicTemplate.of(settings.text("topic"), names), isArray(settings), new PlainJson(names));
  }

  @Override
  public MessageReader reader(Settings settings, Names names) throws SettingsException {
    boolean isArray = isArray(settings);
    PlainJson json = new PlainJson(names);
    return message -> {
      try {
        List<ToldObservation> told = new ArrayList<>();
        for (Object each :
            isArray
                ? JsonReader.list(message.payload())
                : List.of(JsonReader.object(message.payload()))) {
          told.add(json.read(JsonObject.orEmpty(each)));
        }
        return told;
      } catch (JsonException e) {
        throw new UnreadableMessageException("the message cannot be read: " + e.getMessage(), e);
      }
    };
  }

  private static boolean isArray(Settings settings) throws SettingsException {
    return settings.choice("shape", List.of(OBSERVATION, ARRAY)).equals(ARRAY);
  }
}
