package city.mycelium.dialect.influx.internal;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether the names of a mapping file can be said in line protocol. */
final class MappedNames {

  /** No backslash: before a space or at the end nobody knows what it means. No comment's sign. */
  private static final Pattern SAYABLE =
      Pattern.compile("[^\\p{Cntrl}\\\\#][^\\p{Cntrl}\\\\]{0,199}");

  private MappedNames() {}

  static Names checked(Names names) throws SettingsException {
    for (Map<String, String> each :
        List.of(names.things(), names.datastreams(), names.properties())) {
      for (Map.Entry<String, String> name : each.entrySet()) {
        if (!SAYABLE.matcher(name.getValue()).matches()) {
          throw new SettingsException(
              "the mapping file calls "
                  + name.getKey()
                  + " '"
                  + name.getValue()
                  + "', which InfluxDB line protocol cannot say: take 1 to 200 characters without"
                  + " \\ and line breaks, the first of them not #");
        }
      }
    }
    return names;
  }
}
