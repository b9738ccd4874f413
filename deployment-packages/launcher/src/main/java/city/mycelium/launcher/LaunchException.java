package city.mycelium.launcher;

/**
 * The gateway cannot start, or not go on, with what it was given. The message is for the person who
 * can put it right: what is wrong, what that means, what to do.
 */
final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }

  LaunchException(String message, Throwable cause) {
    super(message, cause);
  }
}
