package city.mycelium.driver.lorawan.internal.codec;

import static city.mycelium.driver.lorawan.internal.codec.Scripts.INPUT;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.engine;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.uplink;
import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts that want all of the time or all of the memory. Each is run on a thread with the stack of
 * a gateway's; the time is the machine's, because the deadline is.
 */
class HostileScriptsTest {

  private static final Duration GENEROUS = Duration.ofSeconds(20);
  private static final long GATEWAY_STACK_BYTES = 512 * 1024;

  private final TrustedEngine engine = engine();

  private List<String> stopped(String script) throws CodecException {
    Codec codec = engine.install("hostile.js", script);
    AtomicReference<Decoded> result = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> result.set(codec.decode(INPUT)), "hostile", GATEWAY_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    await("the script is stopped", () -> result.get() != null, GENEROUS);
    assertThat(result.get()).isInstanceOf(Decoded.Failed.class);
    return ((Decoded.Failed) result.get()).errors();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (;;) { try { while (true) {} } catch (e) {} finally { continue; } }",
        "(function f() { return f() + 1; })()",
        "(function f() { try { return f() + 1; } catch (e) { return f(); } })()",
        "[1, 2].sort(function f() { [1, 2].sort(f); return 0; })",
        "var o = {toString: function () { return '' + o; }}; '' + o",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.match(/^(a+)+$/)",
        "/^(([a-z])+.)+[A-Z]([a-z])+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
        // texts
        "'x'.repeat(5e8)",
        "'x'.padStart(5e8)",
        "'x'.padEnd(5e8, 'ab')",
        "var s = 'x'; while (s.length < 5e8) { s += s; } s.charAt(1)",
        "var s = 'x'; for (var i = 0; i < 40; i++) { s = `${s}${s}`; }",
        "var s = 'x'; for (var i = 0; i < 40; i++) { s = s.concat(s); }",
        "'a'.repeat(200000).replace(/a/g, 'b'.repeat(1000))",
        "'a'.repeat(200000).replace(/a/g, \"$'\")",
        "'a'.repeat(200000).split('a').join('b'.repeat(100000))",
        "var a = []; for (var i = 0; i < 60000; i++) { a.push('x'.repeat(60000)); } a.join('')",
        "var a = []; a.length = 4e9; a.join()",
        "var a = [1]; for (var i = 0; i < 60; i++) { a = [a, a]; } '' + a",
        "var a = [1]; for (var i = 0; i < 60; i++) { a = [a, a]; } String(a)",
        "var a = [1]; for (var i = 0; i < 60; i++) { a = {x: a, y: a}; } JSON.stringify(a)",
        // lists
        "new Array(5e7).fill(1)",
        "var a = []; a.length = 5e7; a.fill(1)",
        "var a = []; while (true) { a.push(1); }",
        "var a = []; var i = 0; while (true) { a[i++] = {x: i}; }",
        "var a = [1]; while (true) { a = a.concat(a); }",
        "var a = [1]; while (true) { a = [...a, ...a]; }",
        "var a = []; a.length = 4e9; [...a]",
        "Array.from({length: 1e9})",
        "Array.prototype.indexOf.call({length: 9e15}, 1)",
        "Array.prototype.fill.call({length: 9e15}, 1)",
        "Math.max.apply(null, {length: 1e9})",
        "new Uint8Array(1e9)",
        "new Float64Array(1e8)",
        "new ArrayBuffer(1e9)",
        "var a = [1]; for (var i = 0; i < 60; i++) { a = [a, a]; } a.flat(Infinity)",
        "var m = new Map(); for (var i = 0; ; i++) { m.set(i, i); }",
        "var o = {}; for (var i = 0; ; i++) { o['k' + i] = i; }",
        "Buffer.alloc(1e9)",
      })
  void isStoppedWithinItsDeadline(String lines) throws CodecException {
    assertThat(stopped(uplink(lines + "; return {data: {}}")))
        .singleElement()
        .asString()
        .startsWith("stopped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var a = [1]; for (var i = 0; i < 60; i++) { a = [a, a]; } return {data: {a: a}}",
        "return {data: {a: {toJSON: function () { while (true) {} }}}}",
        "var d = {}; Object.defineProperty(d, 'x', {enumerable: true, get: function () {"
            + " for (;;) {} }}); return {data: d}",
        "return {get data() { for (;;) {} }}",
        "return {errors: [{toString: function () { for (;;) {} }}]}",
      })
  void whatItReturnsIsBoundedAsWell(String lines) throws CodecException {
    assertThat(stopped(uplink(lines))).singleElement().asString().startsWith("stopped");
  }

  @Test
  void itsOwnCatchAndFinallySeeNothingOfIt() throws CodecException {
    assertThat(
            stopped(
                uplink(
                    "try { while (true) {} } catch (e) { return {data: {}}; }"
                        + " finally { return {data: {}}; }")))
        .singleElement()
        .asString()
        .startsWith("stopped");
  }

  /** So that its author knows where to look. */
  @Test
  void theLineIsSaid() throws CodecException {
    assertThat(stopped(uplink("\nvar a = 1;\nfor (;;) {\n  a++;\n}")))
        .singleElement()
        .asString()
        .containsPattern("in line [34]:");
  }

  @Test
  void aScriptThatDoesNotEvenLoadIsRefused() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> engine.install("hostile.js", "while (true) {}"))
        .withMessageContaining("does not come to an end");
  }

  @Test
  void othersDecodeAsBeforeAfterwards() throws CodecException {
    Codec other = engine.install("other.js", uplink("return {data: {x: 'a'.repeat(3)}}"));

    stopped(uplink("while (true) {}"));
    stopped(uplink("'x'.repeat(5e8)"));

    assertThat(other.decode(INPUT)).isInstanceOf(Decoded.Fields.class);
  }
}
