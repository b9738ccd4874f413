package city.mycelium.simulator.demo;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Shows snapshots: on a terminal in place, elsewhere as a line every few seconds and whenever
 * something happens, or not at all. For one thread.
 */
final class Screen {

  /** ECMA-48: cursor to the top left, and erase from there to the end of the screen (CUP, ED). */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR = "\u001b[2J";
  private static final String ERASE_REST_OF_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Style style;
  private @Nullable Snapshot shown;

  /** How to show it. */
  enum Style {
    TERMINAL,
    LINES,
    SILENT
  }

  Screen(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** The style for where standard output goes. */
  static Style fitting(boolean onlyTheLedger, boolean terminal) {
    return onlyTheLedger ? Style.SILENT : terminal ? Style.TERMINAL : Style.LINES;
  }

  /** Something that is said once, before or after the view. */
  void say(String text) {
    if (style != Style.SILENT) {
      out.println(text);
      out.flush();
    }
  }

  void show(Snapshot now) {
    if (style == Style.TERMINAL) {
      out.print(shown == null ? CLEAR + HOME : HOME);
      out.print(LiveView.page(now).replace("\n", ERASE_REST_OF_LINE + "\n") + ERASE_BELOW);
      out.flush();
      shown = now;
    } else if (style == Style.LINES && isNews(now)) {
      out.println(LiveView.line(now));
      out.flush();
      shown = now;
    }
  }

  private boolean isNews(Snapshot now) {
    return shown == null
        || !shown.happening().equals(now.happening())
        || now.elapsed().minus(shown.elapsed()).compareTo(LINE_EVERY) >= 0;
  }
}
