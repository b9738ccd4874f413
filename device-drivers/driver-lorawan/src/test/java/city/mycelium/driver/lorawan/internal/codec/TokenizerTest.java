package city.mycelium.driver.lorawan.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {

  private static String let(String script) {
    return new ScriptText(script).runnable();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "const x = 1;|let   x = 1;",
        "const {a} = b|let   {a} = b",
        "const[a] = b|let  [a] = b",
        "for (const x of y) z(x)|for (let   x of y) z(x)",
        "for(const k in o){const v=o[k]}|for(let   k in o){let   v=o[k]}",
        "f(() => { const x = 1; })|f(() => { let   x = 1; })",
        "a / b; const c = d / e|a / b; let   c = d / e",
        "if (x) /const /.test(y); const z=1|if (x) /const /.test(y); let   z=1",
        "x = `a ${ (() => { const y = 1; return `${y} const z` })() } const w`|"
            + "x = `a ${ (() => { let   y = 1; return `${y} const z` })() } const w`",
        "x = a ? {b: 1} : {c: 2}; const d = 1|x = a ? {b: 1} : {c: 2}; let   d = 1",
        "x = {} / 2; const y = 1 / 3|x = {} / 2; let   y = 1 / 3",
        "i++ / 2; const y = 1 / 3|i++ / 2; let   y = 1 / 3",
        "/[/]const x/.test(y); const z = 1|/[/]const x/.test(y); let   z = 1",
        "'\\'const x'; const y = '//'; const z|'\\'const x'; let   y = '//'; let   z",
      })
  void everyDeclarationBecomesLet(String script, String expected) {
    assertThat(let(script)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'const x'",
        "\"const x\"",
        "// const x",
        "/* const x */ y",
        "/const x/.test(y)",
        "`const x`",
        "a.const",
        "a.const = b",
        "a?.const",
        "x = {const: 1}",
        "x = {const: {y: 1}}",
        "x = {const() {}}",
        "constant = 1",
        "$const = 1",
        "x = 'not closed const y",
        "return /a'b/; ",
        "(a) / 'const x' / c",
      })
  void whatIsNoDeclarationStays(String script) {
    assertThat(let(script)).isEqualTo(script);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "for (let x of l) { f(() => x) }|for (let round0_ of l) {let x=round0_;{ f(() => x) }}",
        "for (const [k, v] of l) { f(function () {}) }|"
            + "for (let   round0_ of l) {let [k, v]=round0_;{ f(function () {}) }}",
        "for (let x of l) { f(x) }|for (let x of l) { f(x) }",
        "for (let x of l) f(() => x)|for (let x of l) f(() => x)",
        "for (let i = 0; i < 3; i++) { f(() => i) }|"
            + "for (let i = 0; i < 3; i++) {let round3_i=i;{let i=round3_i;{ f(() => i) }}}",
        "for (let i = 0; i < 3; i++) { f(() => i); i += 1 }|"
            + "for (let i = 0; i < 3; i++) { f(() => i); i += 1 }",
        "for (let i = 0; i < 3;) { f(() => i); i++ }|for (let i = 0; i < 3;) { f(() => i); i++ }",
        "for (let i = 0; i < 3; i++) { f(i) }|for (let i = 0; i < 3; i++) { f(i) }",
        "for (var x of l) { f(() => x) }|for (var x of l) { f(() => x) }",
        "f(...a)|f.apply(undefined,[...a])",
        "a.b.push(1, ...c, ...d)|a.b.push.apply(a.b,[1, ...c, ...d])",
        "f(g(...a), ...b)|f.apply(undefined,[g.apply(undefined,[...a]), ...b])",
        "this.f(...a)|this.f.apply(this,[...a])",
        "[...a]|[...a]",
        "f([...a])|f([...a])",
        "({...a})|({...a})",
        "function f(...a) {}|function f(...a) {}",
        "(...a) => a|(...a) => a",
        "f((...a) => a)|f((...a) => a)",
        "x = {m(...a) {}}|x = {m(...a) {}}",
        "new F(...a)|new F(...a)",
        "g().f(...a)|g().f(...a)",
      })
  void whatRhinoDoesNotKnowIsSaidInOtherWords(String script, String expected) {
    assertThat(let(script)).isEqualTo(expected);
  }

  /** A regular expression behind the brace of a block; a division behind that of an object. */
  @Test
  void aSlashIsReadByWhatStandsBeforeIt() {
    assertThat(let("{ } /'/.test(x); const y = '/'")).contains("let   y");
    assertThat(let("x = { } / 2; y = '/'; const z = 1")).contains("let   z");
    assertThat(let("return /'/; const y = 1")).contains("let   y");
  }

  @Test
  void linesAreCountedWhateverEndsThem() {
    assertThat(Tokenizer.tokens("a\nb\r\nc\rd\u2028e /*\n\n*/ f `\n` g '\\\r\n' h"))
        .filteredOn(token -> token.kind() == Token.Kind.WORD)
        .extracting(Token::line)
        .containsExactly(1, 2, 3, 4, 5, 7, 8, 9);
  }

  // --- properties ----------------------------------------------------------------------------

  /** Pieces of programs, many of them broken on purpose. */
  @Provide
  Arbitrary<String> programs() {
    return Arbitraries.of(
            List.of(
                "const ",
                "let x = 1;",
                "\n",
                "\r\n",
                "'",
                "\"",
                "`",
                "${",
                "}",
                "{",
                "(",
                ")",
                "/",
                "//",
                "/*",
                "*/",
                "[",
                "]",
                "\\",
                "x",
                "=",
                "return ",
                "if ",
                "a.b",
                "1.5e+3",
                "0x1F",
                "const x=1;",
                ".const",
                "const:",
                "/[/]/g",
                "=>",
                "++",
                "?.",
                "...",
                "'const'",
                " "))
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces))
        .filter(program -> !program.contains("...")); // calls with it are said in other words
  }

  /** Nothing moves: neither a line nor a column, and so every message points to the right place. */
  @Property
  void nothingMoves(@ForAll("programs") String program) {
    String let = let(program);

    assertThat(let).hasSameSizeAs(program);
    assertThat(newlines(let)).isEqualTo(newlines(program));
    for (int i = 0; i < program.length(); i++) {
      if (let.charAt(i) != program.charAt(i)) {
        assertThat(program.substring(Math.max(0, i - 4), Math.min(program.length(), i + 5)))
            .contains("const");
      }
    }
  }

  @Property
  void aProgramWithoutConstStaysByteForByte(@ForAll("programs") String program) {
    String without = program.replace("const", "cons_");

    assertThat(let(without)).isEqualTo(without);
  }

  /** Also where loops and calls are said in other words. */
  @Property
  void noLineMoves(@ForAll("programs") String a, @ForAll("programs") String b) {
    String program =
        a
            + "for (const x of y) {\n"
            + b
            + "f(\n...z\n);g(() => 1)\n}\n"
            + a
            + "\nh.i(...["
            + b
            + "])";

    assertThat(newlines(let(program))).isEqualTo(newlines(program));
  }

  @Property
  void anyTextIsCutIntoTokensThatDoNotOverlap(@ForAll String text) {
    int end = 0;
    for (Token token : Tokenizer.tokens(text)) {
      assertThat(token.start()).isGreaterThanOrEqualTo(end);
      assertThat(token.end()).isGreaterThan(token.start());
      end = token.end();
    }
    assertThat(end).isLessThanOrEqualTo(text.length());
  }

  private static String newlines(String text) {
    return text.chars()
        .filter(c -> c == '\n' || c == '\r')
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
