package city.mycelium.dialect.senml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.UnacceptablePackException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/wire.md, 3 and 7: a pack is taken whole or not at all. */
class PackReaderTest {

  private static final String COVERAGE =
      "{'bn':'mushroomgatewaymushroom234/','bt':1795435200,'n':'coverage','v':2,"
          + "'mEpoch':'00c0ffee00c0ffee','mFrom':5,'mTo':9}";
  private static final String FIRST =
      "{'n':'a/b','v':1,'mO':0,'mP':'PM10','mU':'ug/m3','u':'ug/m3'}";
  private static final String SECOND = "{'n':'a/b','v':2,'mO':3,'u':'ug/m3'}";

  // The control of every refusal below: this is what each of them breaks in one place.
  @Test
  void theUnbrokenPackIsTaken() throws SenmlException {
    SenmlPack pack = read(COVERAGE, FIRST, SECOND);
    assertThat(pack.entries())
        .extracting(entry -> entry.observation().identity().offset())
        .containsExactly(5L, 8L);
    // Told once, at the first; meant for all.
    assertThat(pack.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.property()).isEqualTo("PM10");
              assertThat(entry.unit()).isEqualTo(Unit.MICROGRAM_PER_CUBIC_METRE);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'v':2,           | 'v':3,           | says that it holds 3 observations, but holds 2",
        "'v':2,           | 'v':1,           | says that it holds 1 observations, but holds 2",
        "'v':2,           | 'v':2.5,         | counts the observations",
        "'v':2,           | 'v':-1,          | counts the observations",
        "'v':2,           | 'vs':'2',        | counts the observations",
        "'n':'coverage'   | 'n':'covered'    | begins with its coverage record",
        "mushroomgateway  | MUSHROOMGATEWAY  | a gateway id is",
        "gatewaymushroom234/ | gatewaymushroom23/ | a gateway id is",
        "'mEpoch'         | 'epoch'          | needs 'mEpoch'",
        "00c0ffee00c0ffee | 00C0FFEE00C0FFEE | 16 lowercase hexadecimal digits",
        "00c0ffee00c0ffee | +0c0ffee00c0ffee | 16 lowercase hexadecimal digits",
        "00c0ffee00c0ffee | c0ffee           | 16 hexadecimal digits",
        "'mFrom':5        | 'mFrom':0        | an offset range is",
        "'mTo':9          | 'mTo':4          | an offset range is",
        "'mTo':9          | 'mTo':9.0        | must be a whole number",
        "'mTo':9          | 'mTo':9223372036854775808 | must be a whole number",
        "'mTo':9          | 'x':9            | needs 'mTo'",
        "'mTo':9          | 'mTo':9,'mDropped':4  | cannot have dropped 4",
        "'mTo':9          | 'mTo':9,'mDropped':-1 | cannot have dropped -1",
        "'bt':1795435200, | ''               | relative to now",
      })
  void aBrokenCoverageRecordIsRefused(String from, String to, String why) {
    String broken = COVERAGE.replace(from, to.equals("''") ? "" : to);
    assertThat(broken).isNotEqualTo(COVERAGE);
    assertRefused(why, broken, FIRST, SECOND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'mO':3           | 'mO':5           | outside of what the pack covers",
        "'mO':3           | 'mO':-1          | outside of what the pack covers",
        "'mO':3           | 'mO':9223372036854775807 | outside of what the pack covers",
        "'mO':3           | 'mO':0           | has no place in a pack",
        "'mO':3           | 'x':3            | needs 'mO'",
        "'n':'a/b'        | 'bn':'x/','n':'a/b' | not of the gateway",
        "'n':'a/b'        | 'n':'-a/b'       | a datastream id is",
        "'u':'ug/m3'      | 'u':'hPa'        | changes its property or unit",
        "'mO':3           | 'mO':3,'mP':'PM1' | changes its property or unit",
        "'mO':3           | 'mO':3,'mU':'hPa','u':'hPa' | twice",
        "'mO':3           | 'mO':3,'mU':'hPa' | 'u' says ug/m3, but 'mU' says hPa",
        "'mO':3           | 'mO':3,'mU':'furlong' | 'furlong' is not known here",
        "'mO':3           | 'mO':3,'mP':'a b' | not the name of an observed property",
        "'mO':3           | 'mO':3,'mQ':'good' | what 'mQ' says",
        "'mO':3           | 'mO':3,'mD':-1   | never negative",
        "'mO':3           | 'mO':3,'mD':9223372036854775807 | phenomenonTime",
        "'mO':3           | 'mO':3,'t':1e12  | phenomenonTime",
        "'mO':3           | 'mO':3,'mK':'z'  | the shape that 'mK' says",
        "'mO':3           | 'mO':3,'mK':'g'  | needs 'vs'",
        "'mO':3           | 'mO':3,'mK':'p'  | needs 'vs'",
        "'mO':3           | 'mO':3,'mK':'s'  | needs 'mRev'",
        "'v':2            | 'vd':'AA'        | needs 'vs'",
        "'v':2            | 's':2            | needs 'vs'",
        "'v':2            | 'vs':'','mK':'g' | a category is",
        "'v':2            | 'v':2.5,'mK':'c' | a counter is a whole number",
        "'v':2            | 'v':-2,'mK':'c'  | a counter is never negative",
        "'v':2            | 'v':9223372036854775808,'mK':'c' | a counter is a whole number",
        "'v':2            | 'vs':'52.0','mK':'p' | a position is",
        "'v':2            | 'vs':'52.0,NaN','mK':'p' | a position is",
        "'v':2            | 'vs':' 52.0,4.0','mK':'p' | a position is",
        "'v':2            | 'vs':'0x1p3,4.0','mK':'p' | a position is",
        "'v':2            | 'vs':'90.1,4.0','mK':'p' | a position is",
        "'v':2            | 'vs':'1,2,1e999','mK':'p' | an altitude must be finite",
        "'v':2 | 'v':2,'mK':'s','mC':-1,'mMin':1,'mMax':3,'mRev':1 | a summary needs count",
        "'v':2 | 'v':2,'mK':'s','mC':1,'mMin':3,'mMax':3,'mRev':1 | min <= mean <= max",
        "'v':2 | 'v':2,'mK':'s','mC':1,'mMin':1,'mMax':3,'mRev':0 | a summary needs count",
        "'v':2 | 'v':2,'mK':'s','mC':1,'mMin':1,'mMax':3,'mRev':2147483648 | at most 2147483647",
        "'v':2 | 'v':2,'mK':'s','mC':1,'mMin':1,'mMax':3 | needs 'mRev'",
        "'v':2 | 'v':2,'mK':'s','mMin':1,'mMax':3,'mRev':1 | needs 'mC'",
        "'v':2 | 'vs':'x','mK':'s','mC':1,'mRev':1 | an empty 'vs'",
        "'v':2 | 'v':2,'m:sd':1,'m:sd':1,'mK':'s','mC':1,'mRev':1 | 'm:sd' twice",
        "'v':2 | 'v':2,'m:mean':1,'mK':'s','mC':1,'mRev':1 | a label of its own",
        "'v':2 | 'v':2,'m:a b':1,'mK':'s','mC':1,'mRev':1 | a statistic is called",
        "'v':2 | 'v':2,'m:sd':'1','mK':'s','mC':1,'mRev':1 | a number",
      })
  void aBrokenObservationIsRefusedAndThePackWithIt(String from, String to, String why) {
    String broken = SECOND.replace(from, to);
    assertThat(broken).isNotEqualTo(SECOND);
    assertRefused(why, COVERAGE, FIRST, broken);
  }

  // docs/wire.md, 7: the gateway must learn that sending it again is of no use.
  @Test
  void aWholePackThatCanNeverBeTakenSaysWhatItWouldHaveCovered() {
    for (String[] hopeless :
        new String[][] {
          {COVERAGE, FIRST, SECOND.replace("'v':2", "'v':2,'later_':1")},
          {COVERAGE, FIRST, SECOND.replace("'v':2", "'v':'two'")},
          {COVERAGE.replace("'v':2", "'v':3"), FIRST, SECOND}
        }) {
      assertThatThrownBy(() -> read(hopeless))
          .isInstanceOfSatisfying(
              UnacceptablePackException.class,
              e -> {
                assertThat(e.coverage().epoch()).isEqualTo(0x00c0ffee00c0ffeeL);
                assertThat(e.coverage().covers()).isEqualTo(new OffsetRange(5, 9));
              });
    }
  }

  @Test
  void aPackWhoseCoverageCannotBeReadSaysNothingOfTheKind() {
    assertThatThrownBy(() -> read(COVERAGE.replace("'mTo':9", "'mTo':9,'later_':1"), FIRST, SECOND))
        .isInstanceOf(SenmlException.class)
        .isNotInstanceOf(UnacceptablePackException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                          <epoch>:<through>",
    "00c0ffee00c0ffef,                            <epoch>:<through>",
    "00c0ffee00c0ffef:0,                          from 1 on",
    "00c0ffee00c0ffef:-7,                         from 1 on",
    "00c0ffee00c0ffef:9223372036854775808,        from 1 on",
    "00c0ffee00c0ffee:7,                          its own predecessor",
    "c0ffee:7,                                    16 hexadecimal digits",
    "00c0ffee00c0ffef:7  00c0ffee00c0fff0:6,      <epoch>:<through>"
  })
  void predecessorsOfAnotherFormAreRefused(String predecessors, String why) {
    String broken = COVERAGE.replace("'mTo':9", "'mTo':9,'mPred':'" + predecessors + "'");
    assertRefused(why, broken, FIRST, SECOND);
  }

  @Test
  void aPackWithoutRecordsIsRefused() {
    assertThatThrownBy(() -> PackReader.read(Form.JSON, "[]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining("empty");
  }

  // SenML without our unit label still means something, if its own unit is one of ours.
  @Test
  void theSenmlUnitCountsWhereTheUcumCodeIsMissing() throws SenmlException {
    SenmlPack pack = read(COVERAGE, FIRST.replace("'mU':'ug/m3',", ""), SECOND);
    assertThat(pack.entries().get(1).unit()).isEqualTo(Unit.MICROGRAM_PER_CUBIC_METRE);
  }

  // RFC 8428's % is a ratio of 0 to 1: to take it for per cent would be wrong by a hundred.
  @Test
  void senmlsOwnPerCentIsNotTakenForOurs() {
    assertRefused(
        "'%' is not known here",
        COVERAGE, FIRST.replace("'mU':'ug/m3','u':'ug/m3'", "'u':'%'"), SECOND);
  }

  private static void assertRefused(String why, String... records) {
    assertThatThrownBy(() -> read(records))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining(why);
  }

  private static SenmlPack read(String... records) throws SenmlException {
    String pack = "[" + String.join(",", records).replace('\'', '"') + "]";
    return PackReader.read(Form.JSON, pack.getBytes(StandardCharsets.UTF_8));
  }
}
