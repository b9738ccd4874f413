package city.mycelium.driver.lorawan.internal.codec;

import static city.mycelium.driver.lorawan.internal.codec.Scripts.INPUT;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.codec;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.engine;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.errors;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.uplink;
import static city.mycelium.driver.lorawan.internal.codec.Scripts.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import city.mycelium.testkit.LeapingClock;
import city.mycelium.testkit.RecordingLogger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedEngineTest {

  private static Decoded.Fields fields(Codec codec) {
    Decoded decoded = codec.decode(INPUT);
    assertThat(decoded).isInstanceOf(Decoded.Fields.class);
    return (Decoded.Fields) decoded;
  }

  /** Rhino costs a gateway without LoRaWAN devices nothing. */
  @Test
  void rhinoIsLoadedWithTheFirstScript() throws CodecException {
    TrustedEngine engine =
        TrustedEngine.inGateway(LeapingClock.at("2026-11-26T12:00:00Z"), new RecordingLogger());
    assertThat(engine.isLoaded()).isFalse();
    engine.install("one", uplink("return {data: {}}"));
    assertThat(engine.isLoaded()).isTrue();
  }

  // --- the call contract ---------------------------------------------------------------------

  @Test
  void decodeUplinkGetsBytesPortAndTime() throws CodecException {
    Codec codec =
        codec(
            uplink(
                "return {data: {isList: Array.isArray(input.bytes), bytes: input.bytes,"
                    + " port: input.fPort, time: input.recvTime.toISOString(),"
                    + " variables: input.variables}, warnings: ['battery low']}"));

    assertThat(fields(codec).data())
        .hasToString(
            "{\"isList\":true,\"bytes\":[1,2,255],\"port\":7,"
                + "\"time\":\"2025-11-26T00:00:00.000Z\",\"variables\":{}}");
    assertThat(fields(codec).warnings()).containsExactly("battery low");
  }

  /** As scripts are written: a declaration, a constant, an export; and the older two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "function decodeUplink(i) { return {data: {p: i.fPort}}; }",
        "var decodeUplink = function (i) { return {data: {p: i.fPort}}; };",
        "const decodeUplink = (i) => ({data: {p: i.fPort}});",
        "module.exports = {decodeUplink: function (i) { return {data: {p: i.fPort}}; }};",
        "exports.decodeUplink = function (i) { return {data: {p: i.fPort}}; };",
        "globalThis.decodeUplink = function (i) { return {data: {p: i.fPort}}; };",
        "function Decoder(bytes, port) { return {p: port}; }",
        "function Decode(fPort, bytes, variables) { return {p: fPort}; }",
      })
  void theFunctionIsFound(String script) throws CodecException {
    assertThat(fields(codec(script)).data()).hasToString("{\"p\":7}");
  }

  @Test
  void decodeUplinkGoesBeforeTheOlderForm() throws CodecException {
    assertThat(
            fields(
                    codec(
                        "function Decoder(b, p) { return {old: true}; }"
                            + uplink("return {data: {old: false}}")))
                .data())
        .hasToString("{\"old\":false}");
  }

  /** A profile maps the vendor's own names, so both are kept. */
  @Test
  void whatIsNormalizedStandsBesideWhatWasDecoded() throws CodecException {
    Codec codec =
        codec(
            uplink("return {data: {t: 215}}")
                + "function normalizeUplink(i) { return {data: [{air: {temperature: i.data.t /"
                + " 10}}], warnings: ['rounded']}; }");

    assertThat(fields(codec).data()).hasToString("{\"t\":215}");
    assertThat(fields(codec).normalized()).hasToString("[{\"air\":{\"temperature\":21.5}}]");
    assertThat(fields(codec).warnings()).containsExactly("rounded");
  }

  @Test
  void aNormalizationThatFailsTakesNothingAway() throws CodecException {
    Codec codec =
        codec(
            uplink("return {data: {t: 1}}")
                + "function normalizeUplink(i) { throw new Error('no'); }");

    assertThat(fields(codec).data()).hasToString("{\"t\":1}");
    assertThat(fields(codec).warnings()).singleElement().asString().contains("no");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return {errors: ['bad length', 'bad port']}|bad length",
        "return {data: {a: 1}, errors: ['bad length']}|bad length",
        "throw new Error('broken')|line 1: Error: broken",
        "throw 'broken'|broken",
        "return input.bytes.nothing.more|TypeError",
        "return 3|no object with data or errors",
        "return|no object with data or errors",
        "return {}|no data",
        "return {data: [1]}|no data",
        "return {data: {a: 1, toJSON: function () { return 2; }}}|no object of named fields",
        "var o = {}; o.o = o; return {data: o}|Cyclic",
      })
  void whatDoesNotDecodeSaysWhy(String lines, String message) throws CodecException {
    assertThat(errors(codec(uplink(lines))).get(0)).contains(message);
  }

  // --- the language --------------------------------------------------------------------------

  /**
   * Rhino 1.9.2 gives 0,0,0,0 for this, without a word (mozilla/rhino#326, #939): the reason for
   * the rewriting.
   */
  @Test
  void aConstantInALoopHasItsValueOfThatRound() throws CodecException {
    assertThat(
            value("var o = []; for (var i = 0; i < 4; i++) { const x = i * 2; o.push(x); }", "o"))
        .isEqualTo("[0,2,4,6]");
    assertThat(value("var o = []; for (const x of [1, 2]) { o.push(x); }", "o")).isEqualTo("[1,2]");
    assertThat(
            value(
                "switch (1) { case 1: { const a = 1; } case 2: { const a = 2; var r = a; } }", "r"))
        .isEqualTo("2");
  }

  /** In Rhino all of these see the last round's; node.js gives what is asserted. */
  @Test
  void aFunctionKeepsTheVariableOfItsRound() throws CodecException {
    assertThat(
            value(
                "var f = []; for (const x of [1, 2]) { const y = x * 10; f.push(() => x + y); }",
                "f.map(g => g())"))
        .isEqualTo("[11,22]");
    assertThat(
            value(
                "var f = []; for (let k in {a: 1, b: 2}) { f.push(function () { return k; }); }",
                "f.map(g => g())"))
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(
            value(
                "var f = []; for (const x of [1, 2]) { let x = 5; f.push(() => x); }",
                "f.map(g => g())"))
        .isEqualTo("[5,5]");
    assertThat(
            value(
                "var f = []; for (let i = 0, n = 3; i < n; i++) { if (i === 1) { continue; }"
                    + " f.push(() => i + n); }",
                "f.map(g => g())"))
        .isEqualTo("[3,5]");
  }

  /** Rhino's typed arrays have the highest byte first unless told otherwise; machines have not. */
  @Test
  void typedArraysHaveTheLowestByteFirst() throws CodecException {
    assertThat(
            value(
                "var f = new Float32Array(1); new Uint8Array(f.buffer).set([0, 0, 0x80, 0x3f])",
                "[f[0], new Uint16Array(new Uint8Array([1, 2]).buffer)[0]]"))
        .isEqualTo("[1,513]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Math.max(...[1, 5])|5",
        "(function (l) { l.push(...[1, 2], 3); return l; })([0])|[0,1,2,3]",
        "String.fromCharCode(...input.bytes.slice(0, 2).map(x => x + 64))|\"AB\"",
        "[1, 2].map(x => x * 2)|[2,4]",
        "`a${1 + 1}`|\"a2\"",
        "input?.nothing?.more ?? 4|4",
        "2 ** 10|1024",
        "Object.entries({a: 1})|[[\"a\",1]]",
        "'5'.padStart(3, '0')|\"005\"",
        "[...[1, 2], 3]|[1,2,3]",
        "(function ({a, b = 2}) { return a + b; })({a: 1})|3",
        "new DataView(new Uint8Array([65, 32, 0, 0]).buffer).getFloat32(0)|10",
        "Array.prototype.slice.call(input.bytes, 1)|[2,255]",
        "Math.max.apply(null, [1, 3, 2])|3",
        "new Array(2).fill(0)|[0,0]",
        "[] instanceof Array && [].constructor === Array|true",
        "/(?<y>\\d{4})/.exec('in 2026').groups.y|\"2026\"",
        "'a-b'.replace(/-/g, '+')|\"a+b\"",
        "JSON.parse(JSON.stringify({a: [1]}))|{\"a\":[1]}",
        "0.1 + 0.2|0.30000000000000004",
        "[NaN, Infinity, undefined, null]|[null,null,null,null]",
      })
  void whatVendorsWriteIsUnderstood(String expression, String json) throws CodecException {
    assertThat(value("", expression)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(1234567.5).toLocaleString('en-US')|\"1,234,567.5\"",
        "(-999).toLocaleString()|\"-999\"",
        "(0.5).toLocaleString('en', {minimumFractionDigits: 2})|\"0.50\"",
        "new Date(0).toLocaleString('en-US')|\"1/1/1970, 12:00:00 AM\"",
        "atob('AQL/').charCodeAt(2)|255",
        "btoa('abc')|\"YWJj\"",
        "(console.log('x'), 1)|1",
        "Buffer.from(input.bytes).toString('hex')|\"0102ff\"",
        "Buffer.from('0102ff', 'hex').readUInt16BE(1)|767",
        "Buffer.from([0xfe, 0xff]).readInt16LE(0)|-2",
        "Buffer.from([0xff]).readInt8(0)|-1",
        "Buffer.from([0, 0, 0x20, 0x41]).readFloatLE(0)|10",
        "Buffer.from('é').length|2",
        "Buffer.from([0xc3, 0xa9]).toString()|\"é\"",
        "Buffer.from('AQL/', 'base64')[2]|255",
        "Buffer.from([1, 2, 3]).slice(1).readUInt8(0)|2",
        "Buffer.isBuffer(Buffer.from([1])) && !Buffer.isBuffer([1])|true",
        "Buffer.concat([Buffer.from([1]), Buffer.from([2])]).length|2",
      })
  void whatCodecsExpectBesidesTheLanguageIsThere(String expression, String json)
      throws CodecException {
    assertThat(value("", expression)).isEqualTo(json);
  }

  /** Scripts use the local getters of dates, and vendors test them on servers, which are on UTC. */
  @Test
  void datesAreInUtc() throws CodecException {
    assertThat(
            value(
                "",
                "[new Date(0).getHours(), new Date(2026, 6, 1).getTime(),"
                    + " new Date(0).getTimezoneOffset()]"))
        .isEqualTo("[0,1782864000000,0]");
  }

  // --- one call and the next -----------------------------------------------------------------

  @Test
  void nothingIsCarriedFromOneCallToTheNext() throws CodecException {
    Codec codec =
        codec(
            "var n = 0;"
                + uplink("n++; seen = typeof leak; leak = 1; return {data: {n: n, seen: seen}}"));

    codec.decode(INPUT);

    assertThat(fields(codec).data()).hasToString("{\"n\":1,\"seen\":\"undefined\"}");
  }

  /** Found by what it tries, also inside a {@code try} of its own; it is then given its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "String.prototype.twice = function () { return this + this; };"
            + " function decodeUplink(i) { return {data: {x: 'a'.twice()}}; }",
        "function decodeUplink(i) { String.prototype.twice = function () { return this + this; };"
            + " return {data: {x: 'a'.twice()}}; }",
        "try { String.prototype.twice = function () { return this + this; }; } catch (e) {}"
            + " function decodeUplink(i) { return {data: {x: 'a'.twice()}}; }",
        "Object.defineProperty(String.prototype, 'twice', {value: function () { return this + this;"
            + " }}); function decodeUplink(i) { return {data: {x: 'a'.twice()}}; }",
      })
  void aCodecThatExtendsAPrototypeGetsItsOwn(String script) throws CodecException {
    TrustedEngine engine = engine();
    Codec extending = engine.install("extending.js", script);
    Codec other = engine.install("other.js", uplink("return {data: {x: typeof 'a'.twice}}"));

    assertThat(fields(extending).data()).hasToString("{\"x\":\"aa\"}");
    assertThat(fields(other).data()).hasToString("{\"x\":\"undefined\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Array.prototype.leak = 1",
        "Object.prototype.leak = 1",
        "Math.leak = 1",
        "JSON.leak = 1",
        "Function('return this')().leak = 1",
        "(0, eval)('leak = 1')",
        "[].__proto__.leak = 1",
        "(function () {}).constructor.leak = 1",
        "Buffer.prototype.leak = 1",
        "console.leak = 1",
        "Object.getPrototypeOf(Int8Array).leak = 1",
        "[][Symbol.iterator]().__proto__.leak = 1",
        "Object.getPrototypeOf(function* () {}).leak = 1",
        "new Map().__proto__.leak = 1",
        "Array.leak = 1",
        "[].push.leak = 1",
        "Reflect.leak = 1",
        "Date.prototype.leak = 1",
        "Promise.leak = 1",
        "[][Symbol.iterator].leak = 1",
        "Object.defineProperty(Array.prototype, 'leak', {value: 1})",
        "Object.defineProperties(Math, {leak: {value: 1}})",
        "Reflect.defineProperty(Array.prototype, 'leak', {value: 1})",
        "Object.setPrototypeOf(Array.prototype, {leak: 1})",
        "Reflect.setPrototypeOf(Math, {leak: 1})",
        "Array.prototype.__proto__ = {leak: 1}",
        "Array.prototype.__defineGetter__('leak', function () { return 1; })",
        "Object.assign(Array.prototype, {leak: 1})",
        "delete Array.prototype.push; Array.prototype.leak = 1",
        "Array.prototype.push.__proto__.leak = 1",
      })
  void noneOfTheStandardObjectsRemembers(String leak) throws CodecException {
    TrustedEngine engine = engine();
    String looks =
        "[typeof leak, typeof [].leak, typeof Math.leak, typeof JSON.leak, typeof [].push.leak,"
            + " typeof Buffer.prototype.leak, typeof console.leak, typeof Int8Array.leak,"
            + " typeof [][Symbol.iterator]().leak, typeof (function* () {}).leak,"
            + " typeof new Map().leak, typeof Array.leak, typeof Reflect.leak,"
            + " typeof new Date().leak, typeof Promise.leak].filter(t => t !== 'undefined').length";
    engine.install("leaks.js", uplink(leak + "; return {data: {}}")).decode(INPUT);

    Codec other = engine.install("looks.js", uplink("return {data: {leaks: " + looks + "}}"));

    assertThat(fields(other).data()).hasToString("{\"leaks\":0}");
  }

  @Test
  void manyThreadsDecodeAtOnce() throws Exception {
    Codec codec =
        codec(
            uplink(
                "var s = 0; for (var i = 0; i < 200; i++) { s += input.bytes[i % 3]; }"
                    + " return {data: {s: s, t: 'a,b'.split(',').join('')}}"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Decoded>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        results.add(threads.submit(() -> codec.decode(INPUT)));
      }
      for (Future<Decoded> result : results) {
        assertThat(((Decoded.Fields) result.get()).data())
            .hasToString("{\"s\":17031,\"t\":\"ab\"}");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // --- refused when it is installed ----------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "var x = ;|1|syntax error",
        "class A {}|1|a class",
        "async function decodeUplink(input) {}|1|async and await",
        "export function decodeUplink(input) {}|1|modules",
        "var {a, ...rest} = {a: 1}; function decodeUplink(i) {}|1|'...'",
        "var fs = require('fs');|1|cannot load others",
        "throw new Error('not here');|1|not here",
        "var x = 1;|0|neither decodeUplink",
        "function decodeUplink(i) { return {data: {x: 10n}}; }|1|big integers",
        "function decodeUplink(i) { return {data: {x: BigInt(1)}}; }|1|big integers",
      })
  void aScriptThatCannotRunIsRefusedWithLineAndReason(String script, int line, String reason) {
    String text = "// first line\n" + script;
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> codec(text))
        .withMessageContaining(reason)
        .withMessageStartingWith("test.js")
        .extracting(CodecException::line)
        .isEqualTo(line == 0 ? 0 : line + 1);
  }

  /** The word alone is no reason. */
  @Test
  void aPropertyOfSuchANameIsFine() throws CodecException {
    assertThat(value("var o = {class: 1, const: 2, async: 3}", "o.class + o.const + o.async"))
        .isEqualTo("6");
  }

  @Test
  void aScriptNestedTooDeeplyIsRefused() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> codec(uplink("return " + "(".repeat(100_000))));
  }

  @Test
  void aScriptTooLargeIsRefused() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> codec("//" + " ".repeat(2_000_000)))
        .withMessageContaining("no payload formatter");
  }
}
