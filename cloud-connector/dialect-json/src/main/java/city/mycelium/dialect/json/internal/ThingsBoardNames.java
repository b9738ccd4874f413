package city.mycelium.dialect.json.internal;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What ThingsBoard calls a device and what it calls one of its keys. By itself a device has the
 * name that it has here, and a key is the rest of the Datastream's id, so no two are called the
 * same; a mapping file may say otherwise.
 */
final class ThingsBoardNames {

  private static final Pattern SAYABLE = Pattern.compile("[^\\p{Cntrl}]{1,200}");

  private final Names names;

  ThingsBoardNames(Names names) throws SettingsException {
    for (Map<String, String> each : List.of(names.things(), names.datastreams())) {
      for (Map.Entry<String, String> name : each.entrySet()) {
        if (!SAYABLE.matcher(name.getValue()).matches()) {
          throw new SettingsException(
              "the mapping file calls "
                  + name.getKey()
                  + " by a name that is empty, longer than 200 characters or has line breaks");
        }
      }
    }
    this.names = names;
  }

  String device(Datastream datastream) {
    return names.of(datastream.thing()).orElse(datastream.device().value());
  }

  String key(Datastream datastream) {
    String id = datastream.id().value();
    String device = datastream.device().value() + "/";
    return names
        .of(datastream.id())
        .orElse(id.startsWith(device) ? id.substring(device.length()) : id);
  }
}
