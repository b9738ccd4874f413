package city.mycelium.receiver;

import city.mycelium.receiver.internal.store.StoreException;
import java.io.IOException;
import java.util.Arrays;

/** Runs a receiver until it is told to end. */
public final class Main {

  private static final int COULD_NOT_START = 1;
  private static final int WRONG_USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      Receiver receiver = Receiver.start(Options.parse(arguments));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(receiver), "receiver-end"));
      System.out.println("Receiver ready: " + receiver.httpAddress());
    } catch (IllegalArgumentException e) {
      fail(WRONG_USAGE, e.getMessage() + "\nTry --help.");
    } catch (StoreException | IOException e) {
      fail(COULD_NOT_START, "The receiver could not start: " + e.getMessage());
    }
  }

  /** Java would report a signal as a failure (128 + its number), but ending is what was asked. */
  private static void end(Receiver receiver) {
    receiver.close();
    Runtime.getRuntime().halt(0);
  }

  private static void fail(int exitCode, String message) {
    System.err.println(message);
    System.exit(exitCode);
  }
}
