package city.mycelium.api.dialect;

import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;

/**
 * One dialect that Destinations can be spoken to in; found by being there: as an OSGi service on a
 * gateway, by {@code java.util.ServiceLoader} at a desk. Safe for use by many threads.
 */
public interface DialectKind {

  /** The name that a Destination's configuration uses, such as {@code senml-json}. */
  String name();

  /** What it is, in a line for a person. */
  String title();

  /**
   * What may be set of it: keys of a Destination that begin with {@code dialect.}, without that.
   */
  default List<Option> options() {
    return List.of();
  }

  /**
   * The dialect, set up for one Destination.
   *
   * @param settings of {@link #options}
   * @param names what the platform calls things that are called otherwise here
   * @throws SettingsException if a setting makes no sense; says which, and what to do
   */
  Dialect dialect(Settings settings, Names names) throws SettingsException;

  /**
   * What reads the dialect's messages back, for tests and for people at a desk.
   *
   * @throws SettingsException as {@link #dialect} does
   */
  MessageReader reader(Settings settings, Names names) throws SettingsException;
}
