package city.mycelium.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.event.Level;

/**
 * Leads what bundles say to the OSGi LogService (OSGi Compendium 8, chapter 101) into the one log:
 * that is how component runtime, Configuration Admin and Configurator report. Thread-safe.
 *
 * <p>The two interfaces have some fifty methods between them, which differ in nothing but level and
 * number of arguments; hence proxies.
 */
final class LogServiceBridge {

  private static final Object[] NO_ARGUMENTS = {};

  private final Function<String, org.slf4j.Logger> logs;

  private LogServiceBridge(Function<String, org.slf4j.Logger> logs) {
    this.logs = logs;
  }

  /**
   * The service to register.
   *
   * @param logs the log of a name
   */
  static LogService service(Function<String, org.slf4j.Logger> logs) {
    return proxy(LogService.class, new LogServiceBridge(logs)::onService);
  }

  /** The level here for a level of the LogService, 1 (error) to 4 (debug). */
  static Level level(int logServiceLevel) {
    return level(
        switch (logServiceLevel) {
          case 1 -> LogLevel.ERROR;
          case 2 -> LogLevel.WARN;
          case 3 -> LogLevel.INFO;
          default -> LogLevel.DEBUG;
        });
  }

  /**
   * What a framework's parts find worth an INFO is of no use to an operator: that, and what is
   * below it, goes one down. AUDIT is for what must be logged whatever the level; SLF4J has nothing
   * above ERROR.
   */
  private static Level level(LogLevel level) {
    return switch (level) {
      case AUDIT, ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.DEBUG;
      case DEBUG, TRACE -> Level.TRACE;
    };
  }

  private static Level levelNamed(String name) {
    return level(LogLevel.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private @Nullable Object onService(Object self, Method method, Object @Nullable [] given) {
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    return switch (method.getName()) {
      // getLogger(name or class), …(name or class, type), …(bundle, name, type)
      case "getLogger" ->
          logger(
              arguments.length < 3 ? arguments[0] : arguments[1],
              arguments.length == 1 ? Logger.class : (Class<?>) arguments[arguments.length - 1]);
      // log(level, message[, cause]), log(service reference, level, message[, cause])
      case "log" -> {
        int at = arguments[0] instanceof Integer ? 0 : 1;
        write(
            logs.apply(LogService.class.getName()),
            level((Integer) arguments[at]),
            String.valueOf(arguments[at + 1]),
            Arrays.copyOfRange(arguments, at + 2, arguments.length));
        yield null;
      }
      default -> onObject(self, method, arguments);
    };
  }

  private Object logger(Object nameOrClass, Class<?> type) {
    String name = nameOrClass instanceof Class<?> c ? c.getName() : nameOrClass.toString();
    org.slf4j.Logger log = logs.apply(name);
    return proxy(
        type,
        (self, method, arguments) ->
            onLogger(log, self, method, arguments == null ? NO_ARGUMENTS : arguments));
  }

  private static @Nullable Object onLogger(
      org.slf4j.Logger log, Object self, Method method, Object[] arguments) throws Exception {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return onObject(self, method, arguments);
    }
    if (name.equals("getName")) {
      return log.getName();
    }
    if (name.startsWith("is")) {
      return log.isEnabledForLevel(
          levelNamed(name.substring("is".length(), name.length() - "Enabled".length())));
    }
    Level level = levelNamed(name);
    if (!log.isEnabledForLevel(level)) {
      return null;
    }
    if (arguments[0] instanceof LoggerConsumer<?> consumer) {
      consumer.accept((Logger) self);
      return null;
    }
    Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    Object[] values = rest.length == 1 && rest[0] instanceof Object[] many ? many : rest;
    String message = String.valueOf(arguments[0]);
    // The one difference between the two kinds of logger: printf's % or SLF4J's {}.
    write(
        log,
        level,
        self instanceof FormatterLogger ? String.format(Locale.ROOT, message, values) : message,
        values);
    return null;
  }

  /** A last argument that is a Throwable is the cause, for OSGi as for SLF4J. */
  private static void write(
      org.slf4j.Logger log, Level level, String message, Object... arguments) {
    int last = arguments.length - 1;
    if (last >= 0 && arguments[last] instanceof Throwable cause) {
      log.atLevel(level).setCause(cause).log(message, Arrays.copyOf(arguments, last));
    } else {
      log.atLevel(level).log(message, arguments);
    }
  }

  private static Object onObject(Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> LogServiceBridge.class.getSimpleName();
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
