package city.mycelium.dialect.senml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.dialect.senml.Golden;
import city.mycelium.dialect.senml.SenmlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8428 as such: packs that are none of ours. */
class RecordsTest {

  private static final String VOLTAGE = "urn:dev:ow:10e2073a0108006:voltage V 1276020076001 120.1";
  private static final String CURRENT = "urn:dev:ow:10e2073a0108006:current A ";

  private static final List<String> SIX_SECONDS =
      List.of(
          VOLTAGE,
          CURRENT + "1276020071001 1.2",
          CURRENT + "1276020072001 1.3",
          CURRENT + "1276020073001 1.4",
          CURRENT + "1276020074001 1.5",
          CURRENT + "1276020075001 1.6",
          CURRENT + "1276020076001 1.7");

  // RFC 8428, 5.1.2: base name, time, unit and version, and a unit of its own in one record.
  @Test
  void baseFieldsApplyUntilTheEnd() throws SenmlException {
    assertThat(resolved(Form.JSON, Golden.json("rfc8428-5.1.2.json"))).isEqualTo(SIX_SECONDS);
  }

  // RFC 8428, 6: the same in bytes that others made, with a half-precision float among them.
  @Test
  void theCborExampleSaysTheSame() throws SenmlException {
    assertThat(resolved(Form.CBOR, Golden.hex("rfc8428-5.1.2.cbor.hex"))).isEqualTo(SIX_SECONDS);
  }

  // RFC 8428, 5.1.3 and 5.1.4: the base name alone is the name; resolved as the RFC resolves it.
  @Test
  void aRecordWithoutANameHasTheBaseName() throws SenmlException {
    String name = "urn:dev:ow:10e2073a01080063 ";
    assertThat(resolved(Form.JSON, Golden.json("rfc8428-5.1.3.json")))
        .containsExactly(
            name + "%RH 1320067464000 20.0",
            name + "lon 1320067464000 24.30621",
            name + "lat 1320067464000 60.07965",
            name + "%RH 1320067524000 20.3",
            name + "lon 1320067524000 24.30622",
            name + "lat 1320067524000 60.07965",
            name + "%RH 1320067584000 20.7",
            name + "lon 1320067584000 24.30623",
            name + "lat 1320067584000 60.07966",
            name + "%EL 1320067614000 98.0",
            name + "%RH 1320067644000 21.2",
            name + "lon 1320067644000 24.30628",
            name + "lat 1320067644000 60.07967");
  }

  // RFC 8428, 5.1.5: number, text, truth and data.
  @Test
  void everyKindOfValueIsRead() throws SenmlException {
    List<String> names = new ArrayList<>();
    try (Records records = new Records(Form.JSON, Golden.json("rfc8428-5.1.5.json"))) {
      assertThat(records.next()).isTrue();
      assertThat(records.hasNumber()).isTrue();
      assertThat(records.value()).isEqualTo(23.1);
      names.add(records.name());
      assertThat(records.next()).isTrue();
      assertThat(records.fields().text(Label.STRING_VALUE)).isEqualTo("Machine Room");
      names.add(records.name());
      assertThat(records.next()).isTrue();
      assertThat(records.fields().has(Label.BOOLEAN_VALUE)).isTrue();
      assertThat(records.fields().truth(Label.BOOLEAN_VALUE)).isFalse();
      names.add(records.name());
      assertThat(records.next()).isTrue();
      assertThat(records.fields().has(Label.DATA_VALUE)).isTrue();
      names.add(records.name());
      assertThat(records.next()).isFalse();
    }
    assertThat(names)
        .containsExactly(
            "urn:dev:ow:10e2073a01080063:temp",
            "urn:dev:ow:10e2073a01080063:label",
            "urn:dev:ow:10e2073a01080063:open",
            "urn:dev:ow:10e2073a01080063:nfc-reader");
  }

  // RFC 8428, 4.1: base value and base sum are added, and stand for a value that is left out.
  @Test
  void baseValueAndBaseSumAreAdded() throws SenmlException {
    byte[] pack = json("[{'bn':'a','bt':1e9,'bv':10,'bs':100,'v':1,'s':2},{'s':3},{'v':-10}]");
    try (Records records = new Records(Form.JSON, pack)) {
      records.next();
      assertThat(records.value()).isEqualTo(11);
      assertThat(records.sum()).isEqualTo(102);
      records.next();
      assertThat(records.value()).isEqualTo(10);
      assertThat(records.sum()).isEqualTo(103);
      records.next();
      assertThat(records.value()).isZero();
    }
  }

  // RFC 8428, 4.2: with a sum there may be no value.
  @Test
  void aSumAloneIsARecord() throws SenmlException {
    try (Records records = new Records(Form.JSON, json("[{'n':'a','t':1e9,'s':2.5}]"))) {
      assertThat(records.next()).isTrue();
      assertThat(records.hasNumber()).isFalse();
      assertThat(records.sum()).isEqualTo(2.5);
    }
  }

  // RFC 8428, 4.4: what is not known is passed over, however it is built.
  @Test
  void unknownLabelsArePassedOver() throws SenmlException {
    byte[] pack =
        json(
            "[{'x':{'y':[1,{'z':null}]},'n':'a','t':1e9,'v':1,'later':[[]]},{'n':'b','v':2,'t':1e9}]");
    assertThat(resolved(Form.JSON, pack))
        .containsExactly("a null 1000000000000 1.0", "b null 1000000000000 2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'n':'a','v':1,'x_':1}]",
        "[{'n':'a','v':1,'_':null}]",
        "[{'n':'a','v':1,'mUnderstand_':{}}]"
      })
  void aLabelThatMustBeUnderstoodStopsIt(String pack) {
    assertRefused(pack, "must be understood");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                   | must be an array of records",
        "7                                    | must be an array of records",
        "[7]                                  | must be an object",
        "[[]]                                 | must be an object",
        "[null]                               | must be an object",
        "[{'n':'a','v':1}] []                 | something follows",
        "[{'n':'a','v':1}                     | ",
        "[{'v':1}]                            | a name is made of",
        "[{'n':'','v':1}]                     | a name is made of",
        "[{'n':'-a','v':1}]                   | a name is made of",
        "[{'n':'a b','v':1}]                  | a name is made of",
        "[{'n':'é','v':1}]                    | a name is made of",
        "[{'n':'a'}]                          | needs a value",
        "[{'n':'a','v':1,'vs':'b'}]           | one value, not 2",
        "[{'n':'a','v':1,'vb':true,'vd':''}]  | one value, not 3",
        "[{'n':'a','v':'1'}]                  | 'v' must be a number",
        "[{'n':'a','v':true}]                 | 'v' must be a number",
        "[{'n':'a','v':null}]                 | 'v' must be a number",
        "[{'n':'a','v':1e999}]                | 'v' must be a finite number",
        "[{'n':'a','v':NaN}]                  | ",
        "[{'n':'a','vs':1}]                   | 'vs' must be text",
        "[{'n':'a','vb':1}]                   | 'vb' must be true or false",
        "[{'n':7,'v':1}]                      | 'n' must be text",
        "[{'n':'a','n':'b','v':1}]            | 'n' twice",
        "[{'n':'a','v':1,'v':1}]              | 'v' twice",
        "[{'n':'a','v':1,'bver':11}]          | asks for features",
        "[{'n':'a','v':1,'bver':0}]           | asks for features",
        "[{'n':'a','v':1,'bver':42}]          | asks for features",
        "[{'n':'a','v':1,'bver':10.5}]        | 'bver' must be a whole number",
        "[{'n':'a','v':1},{'n':'b','v':1,'bver':26}] | version changes",
        "[{'n':'a','v':1,'bver':26},{'n':'b','v':1,'bver':10}] | version changes",
        "[{'n':'a','v':1,'bt':1e300}]         | out of range"
      })
  void whatIsNotSenmlIsRefused(String pack, String why) {
    assertRefused(pack, why == null ? "" : why);
  }

  // RFC 8428, 4.5.3: below 2^28 seconds a time is relative to now. Control: 2^28 is not.
  @Test
  void aRelativeTimeIsNotTaken() throws SenmlException {
    for (String relative : List.of("0", "-5", "268435455", "1e-9")) {
      byte[] pack = json("[{'n':'a','v':1,'t':" + relative + "}]");
      assertThatThrownBy(() -> resolved(Form.JSON, pack))
          .isInstanceOf(SenmlException.class)
          .hasMessageContaining("relative to now");
    }
    assertThat(resolved(Form.JSON, json("[{'n':'a','v':1,'t':268435456}]")))
        .containsExactly("a null 268435456000 1.0");
  }

  @Test
  void aFaultSaysWhereItIs() {
    String pack = "[{'bn':'a','bt':1e9,'v':1},{'v':'x'},{'v':1}]";
    assertThatThrownBy(() -> resolved(Form.JSON, json(pack)))
        .isInstanceOfSatisfying(
            SenmlException.class, e -> assertThat(e.position()).isEqualTo(pack.indexOf("'x'")))
        .hasMessageContaining("(byte " + pack.indexOf("'x'") + ")");
  }

  // RFC 8428, 6: in CBOR the labels of RFC 8428 are numbers; as text they would be passed over as
  // unknown, and a base time that is passed over is a wrong time.
  @Test
  void textForANumberedLabelIsRefusedInCbor() {
    byte[] pack = HexFormat.of().parseHex("81a3" + "006161" + "0201" + "62627400");
    assertThatThrownBy(() -> resolved(Form.CBOR, pack))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("'bt' is the number -3");
  }

  private static void assertRefused(String pack, String why) {
    assertThatThrownBy(
            () -> {
              try (Records records = new Records(Form.JSON, json(pack))) {
                while (records.next()) {
                  records.name();
                }
              }
            })
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining(why);
  }

  private static List<String> resolved(Form form, byte[] pack) throws SenmlException {
    List<String> all = new ArrayList<>();
    try (Records records = new Records(form, pack)) {
      while (records.next()) {
        all.add(
            records.name() + " " + records.unit() + " " + records.time() + " " + records.value());
      }
    }
    return all;
  }

  private static byte[] json(String singleQuoted) {
    return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
