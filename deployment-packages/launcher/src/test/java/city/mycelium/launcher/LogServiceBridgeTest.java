package city.mycelium.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.RecordingLogger;
import city.mycelium.testkit.RecordingLogger.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.event.Level;

class LogServiceBridgeTest {

  private final RecordingLogger log = new RecordingLogger();
  private final List<String> names = new ArrayList<>();
  private final LogService service =
      LogServiceBridge.service(
          name -> {
            names.add(name);
            return log;
          });

  /** SLF4J's levels are the measure; what a framework calls INFO is a DEBUG to an operator. */
  @Test
  void levelsGoOneDownFromInfo() {
    Logger logger = service.getLogger("some.name");
    logger.audit("a");
    logger.error("e");
    logger.warn("w");
    logger.info("i");
    logger.debug("d");
    logger.trace("t");

    assertThat(log.lines())
        .extracting(line -> line.level() + " " + line.message())
        .containsExactly("ERROR a", "ERROR e", "WARN w", "DEBUG i", "TRACE d", "TRACE t");
  }

  /** The numbers of the LogService's first version mean the same. */
  @Test
  void numberedLevelsMeanTheSame() {
    assertThat(List.of(1, 2, 3, 4))
        .extracting(LogServiceBridge::level)
        .containsExactly(Level.ERROR, Level.WARN, Level.DEBUG, Level.TRACE);
  }

  @Test
  void argumentsAreFilledIn() {
    Logger logger = service.getLogger("some.name");
    logger.warn("{}", 1);
    logger.warn("{} {}", 1, 2);
    logger.warn("{} {} {}", 1, 2, 3);
    logger.warn(self -> self.warn("from a consumer"));
    service.getLogger("some.name", FormatterLogger.class).warn("%04d", 7);

    assertThat(log.messages(Level.WARN))
        .containsExactly("1", "1 2", "1 2 3", "from a consumer", "0007");
  }

  /** Without its cause a component that fails to start is a riddle. */
  @Test
  void causeIsKept() {
    IllegalStateException cause = new IllegalStateException("why");
    service.getLogger("some.name").error("no arguments", cause);
    service.getLogger("some.name").error("one {}", "argument", cause);

    assertThat(log.lines())
        .containsExactly(
            new Line(Level.ERROR, "no arguments", cause),
            new Line(Level.ERROR, "one argument", cause));
  }

  @Test
  void loggerIsNamedAsAsked() {
    service.getLogger("some.name");
    service.getLogger(String.class);
    service.getLogger("other.name", Logger.class);

    assertThat(names).containsExactly("some.name", "java.lang.String", "other.name");
  }

  @Test
  void loggerIsAnObjectLikeAnyOther() {
    Logger logger = service.getLogger("some.name");

    assertThat(logger).isEqualTo(logger).hasSameHashCodeAs(logger).hasToString("LogServiceBridge");
    assertThat(logger).isNotEqualTo(service.getLogger("some.name"));
    assertThat(logger.isTraceEnabled()).isTrue();
  }
}
