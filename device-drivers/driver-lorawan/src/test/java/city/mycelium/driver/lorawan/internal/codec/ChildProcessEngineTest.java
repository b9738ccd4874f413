package city.mycelium.driver.lorawan.internal.codec;

import static city.mycelium.driver.lorawan.internal.codec.Scripts.INPUT;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.errors;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.uplink;
import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import city.mycelium.testkit.LeapingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class ChildProcessEngineTest {

  private final ChildProcessEngine engine = engine(ChildProcessEngine.ownClassPath());

  private static ChildProcessEngine engine(List<Path> classPath) {
    return new ChildProcessEngine(
        classPath, LeapingClock.at("2026-11-26T00:00:00Z"), NOPLogger.NOP_LOGGER);
  }

  @AfterEach
  void end() {
    engine.close();
  }

  private static void assertGone(long pid) {
    await(
        "process " + pid + " is gone",
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(),
        Duration.ofSeconds(20));
  }

  @Test
  void decodesAsTheOtherEngineDoes() throws CodecException {
    String script =
        uplink(
                "return {data: {b: input.bytes, p: input.fPort, t: input.recvTime.toISOString()},"
                    + " warnings: ['w']}")
            + "function normalizeUplink(i) { return {data: {air: {temperature: 1}}}; }";

    Decoded there = engine.install("x.js", script).decode(INPUT);

    assertThat(there).isEqualTo(Scripts.codec(script).decode(INPUT));
    assertThat(((Decoded.Fields) there).normalized()).isNotEmpty();
  }

  @Test
  void theScriptsErrorsArrive() throws CodecException {
    assertThat(errors(engine.install("x.js", uplink("return {errors: ['bad\\nport']}"))))
        .containsExactly("bad\nport");
  }

  @Test
  void aScriptThatCannotRunIsRefusedWithItsLine() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> engine.install("x.js", "\nclass A {}"))
        .withMessageContaining("class")
        .extracting(CodecException::line)
        .isEqualTo(2);
  }

  /** There they may be used: the process can be ended. */
  @Test
  void bigIntegersAreThere() throws CodecException {
    assertThat(
            engine.install("x.js", uplink("return {data: {x: Number(2n ** 40n)}}")).decode(INPUT))
        .isInstanceOf(Decoded.Fields.class);
  }

  /** Nothing inside the process can stop this; so the process ends. */
  @Test
  void oneThatCannotBeStoppedTakesItsProcessWithIt() throws CodecException {
    Codec hostile =
        engine.install(
            "hostile.js", uplink("var x = 3n ** 30000000n; return {data: {x: '' + x * x}}"));
    Codec other = engine.install("other.js", uplink("return {data: {x: 1}}"));
    long first = engine.pid().orElseThrow();

    assertThat(errors(hostile)).singleElement().asString().startsWith("stopped");
    assertGone(first);
    assertThat(other.decode(INPUT)).isInstanceOf(Decoded.Fields.class);
    assertThat(engine.pid().orElseThrow()).isNotEqualTo(first);
  }

  /** Killed by somebody: the next payload is decoded by a new one, which has all scripts again. */
  @Test
  void aProcessThatDiesIsReplaced() throws CodecException {
    Codec codec = engine.install("x.js", uplink("return {data: {x: 1}}"));
    long first = engine.pid().orElseThrow();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    assertGone(first);

    assertThat(codec.decode(INPUT)).isInstanceOf(Decoded.Fields.class);
  }

  @Test
  void theProcessEndsWithTheEngine() throws CodecException {
    Codec codec = engine.install("x.js", uplink("return {data: {x: 1}}"));
    long pid = engine.pid().orElseThrow();

    engine.close();

    assertGone(pid);
    assertThat(errors(codec)).singleElement().asString().contains("ended");
  }

  @Test
  void oneThatDoesNotStartSaysWhatToLookAt() {
    try (ChildProcessEngine broken = engine(List.of(Path.of("nowhere.jar")))) {
      assertThatExceptionOfType(CodecException.class)
          .isThrownBy(() -> broken.install("x.js", uplink("return {data: {}}")))
          .withMessageContaining("nowhere.jar");
    }
  }
}
