package city.mycelium.api.settings;

/** A setting that makes no sense; its text says which, and what would, for a person. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1;

  public SettingsException(String why) {
    super(why);
  }

  public SettingsException(String why, Throwable cause) {
    super(why, cause);
  }
}
