package city.mycelium.api.dialect;

/** A message that cannot be read; its text says why, for a person. */
public final class UnreadableMessageException extends Exception {

  private static final long serialVersionUID = 1;

  public UnreadableMessageException(String why) {
    super(why);
  }

  public UnreadableMessageException(String why, Throwable cause) {
    super(why, cause);
  }
}
