package city.mycelium.driver.lorawan.internal.codec;

import static city.mycelium.driver.lorawan.internal.codec.Scripts.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to Java that Rhino has or has had, from a script's side. */
class JavaDoorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java",
        "javax",
        "org",
        "com",
        "net",
        "edu",
        "Packages",
        "JavaImporter",
        "JavaAdapter",
        "JavaException",
        "importClass",
        "importPackage",
        "getClass",
        "load",
        "loadClass",
        "quit",
        "spawn",
        "sync",
        "runCommand",
        "readFile",
        "Continuation",
        "Script",
        "With",
        "XML",
        "require",
        "process",
      })
  void theNameIsNotThere(String name) throws CodecException {
    assertThat(value("", "typeof " + name)).isEqualTo("\"undefined\"");
    assertThat(value("", "Function('return typeof " + name + "')()")).isEqualTo("\"undefined\"");
    assertThat(value("", "eval('typeof " + name + "')")).isEqualTo("\"undefined\"");
    assertThat(value("", "(0, eval)('typeof " + name + "')")).isEqualTo("\"undefined\"");
    assertThat(value("", "typeof globalThis." + name)).isEqualTo("\"undefined\"");
    assertThat(value("", "typeof Function('return this')()." + name)).isEqualTo("\"undefined\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e.javaException",
        "e.rhinoException",
        "e.getClass",
        "e.class",
        "input.getClass",
        "input.bytes.getClass",
        "input.recvTime.getClass",
        "''.getClass",
        "''.getBytes",
        "(1).getClass",
        "[].getClass",
        "({}).getClass",
        "Math.getClass",
        "decodeUplink.getClass",
        "[].push.getClass",
        "JSON.getClass",
        "Buffer.from([1]).getClass",
        "console.log.getClass",
        "new ArrayBuffer(1).getClass",
        "e.constructor.getClass",
        "arguments.callee.getClass",
        "Object.__javaObject__",
        "decodeUplink.__parent__",
        "e.stack.getClass",
      })
  void noObjectLeadsThere(String expression) throws CodecException {
    assertThat(value("try { null.x; } catch (error) { var e = error; }", "typeof " + expression))
        .isEqualTo("\"undefined\"");
  }
}
