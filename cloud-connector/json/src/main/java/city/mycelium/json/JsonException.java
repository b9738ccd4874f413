package city.mycelium.json;

/** Bytes that are no JSON, or not the JSON that was expected; says why, for a person. */
public final class JsonException extends Exception {

  private static final long serialVersionUID = 1;

  public JsonException(String why) {
    super(why);
  }

  public JsonException(String why, Throwable cause) {
    super(why, cause);
  }
}
