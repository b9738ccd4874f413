package city.mycelium.testkit;

import java.io.Serial;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A log that a test can read: for the rule that a change of state is said once and not each cycle.
 * Every level is on. Safe for use by many threads.
 */
public final class RecordingLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<Line> lines = new CopyOnWriteArrayList<>();

  /** What was logged, its parameters filled in. */
  public record Line(Level level, String message, @Nullable Throwable thrown) {}

  public RecordingLogger() {
    name = "recording";
  }

  /** Everything so far, in order. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The messages of one level so far, in order. */
  public List<String> messages(Level level) {
    return lines.stream().filter(l -> l.level() == level).map(Line::message).toList();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    lines.add(new Line(level, MessageFormatter.basicArrayFormat(message, arguments), thrown));
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
