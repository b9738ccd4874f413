package city.mycelium.launcher;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What the framework itself has to say, in the one log. */
final class FrameworkLog extends Logger {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

  @Override
  protected void doLog(int level, String message, @Nullable Throwable cause) {
    LOG.atLevel(LogServiceBridge.level(level)).setCause(cause).log(message);
  }
}
