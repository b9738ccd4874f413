package city.mycelium.dialect.senml;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Unit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenmlCodecTest {

  private static final SenmlPack EMPTY =
      new SenmlPack(Packs.GATEWAY, -1, new OffsetRange(1, Long.MAX_VALUE), 0, List.of());

  @Test
  void jsonIsTheGoldenFileByteForByte() {
    assertThat(text(SenmlCodec.json().encode(Packs.golden())))
        .isEqualTo(text(Golden.json("pack.json")));
  }

  @Test
  void cborIsTheGoldenFileByteForByte() {
    assertThat(SenmlCodec.cbor().encode(Packs.golden())).isEqualTo(Golden.hex("pack.cbor.hex"));
  }

  @Test
  void theGoldenJsonIsReadWhole() throws SenmlException {
    assertThat(SenmlCodec.json().decode(Golden.json("pack.json"))).isEqualTo(Packs.golden());
  }

  @Test
  void theGoldenCborIsReadWhole() throws SenmlException {
    assertThat(SenmlCodec.cbor().decode(Golden.hex("pack.cbor.hex"))).isEqualTo(Packs.golden());
  }

  // A range of which nothing is for this recipient is still told, or its coverage would never
  // close.
  @Test
  void aPackWithoutObservationsTravels() throws SenmlException {
    assertThat(text(SenmlCodec.json().encode(EMPTY)))
        .isEqualTo(text(Golden.json("pack-empty.json")));
    assertThat(SenmlCodec.cbor().encode(EMPTY)).isEqualTo(Golden.hex("pack-empty.cbor.hex"));
    assertThat(SenmlCodec.json().decode(Golden.json("pack-empty.json"))).isEqualTo(EMPTY);
    assertThat(SenmlCodec.cbor().decode(Golden.hex("pack-empty.cbor.hex"))).isEqualTo(EMPTY);
  }

  @Test
  void aRestoredJournalNamesTheEpochsThatItGoesOnFrom() throws SenmlException {
    assertThat(text(SenmlCodec.json().encode(Packs.restored())))
        .isEqualTo(text(Golden.json("pack-restored.json")));
    assertThat(SenmlCodec.cbor().encode(Packs.restored()))
        .isEqualTo(Golden.hex("pack-restored.cbor.hex"));
    assertThat(SenmlCodec.json().decode(Golden.json("pack-restored.json")))
        .isEqualTo(Packs.restored());
    assertThat(SenmlCodec.cbor().decode(Golden.hex("pack-restored.cbor.hex")))
        .isEqualTo(Packs.restored());
  }

  static List<SenmlCodec> both() {
    return List.of(SenmlCodec.json(), SenmlCodec.cbor());
  }

  @ParameterizedTest
  @MethodSource("both")
  void whatWasSentArrives(SenmlCodec codec) throws SenmlException {
    Random random = new Random(8428);
    for (int i = 0; i < 2_000; i++) {
      SenmlPack sent = Packs.random(random);
      assertThat(codec.decode(codec.encode(sent))).isEqualTo(sent);
    }
  }

  // Record equality calls 0.0 and -0.0 different (Double.compare), so the test above would see it;
  // this one says so by name.
  @ParameterizedTest
  @MethodSource("both")
  void doublesArriveBitForBit(SenmlCodec codec) throws SenmlException {
    Random random = new Random(754);
    for (int i = 0; i < 20_000; i++) {
      double sent = Packs.anyDouble(random);
      SenmlPack pack = Packs.of(new Measurement(sent), Unit.VOLT, "voltage");
      Measurement got = (Measurement) only(codec.decode(codec.encode(pack)));
      assertThat(Double.doubleToRawLongBits(got.value()))
          .as("%s", sent)
          .isEqualTo(Double.doubleToRawLongBits(sent));
    }
  }

  // A double has 53 bits, a counter 63: the whole number may not pass through one.
  @ParameterizedTest
  @MethodSource("both")
  void theGreatestCounterKeepsItsLastDigit(SenmlCodec codec) throws SenmlException {
    Counter greatest = new Counter(Long.MAX_VALUE);
    assertThat(only(codec.decode(codec.encode(Packs.of(greatest, Unit.ONE, "count")))))
        .isEqualTo(greatest);
  }

  // Half a surrogate pair has no UTF-8; the pack it is in must leave nevertheless.
  @ParameterizedTest
  @MethodSource("both")
  void brokenTextIsRepairedAndHoldsUpNobody(SenmlCodec codec) throws SenmlException {
    SenmlPack pack = Packs.of(new Text("a\ud83cb\udf44 🍄\ud83c"), Unit.ONE, "message");
    assertThat(only(codec.decode(codec.encode(pack))))
        .isEqualTo(new Text("a\ufffdb\ufffd 🍄\ufffd"));
  }

  // RFC 8428, 5: an exponent's "e" is in lower case, which Java's is not.
  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 5e-324, 1.5e22, -2.5e-9, 1.7976931348623157e308})
  void exponentsAreInLowerCase(double value) {
    String json = text(SenmlCodec.json().encode(Packs.of(new Measurement(value), Unit.VOLT, "x")));
    assertThat(json).containsPattern("\"v\":-?\\d(\\.\\d+)?e-?\\d+,").doesNotContain("E-");
  }

  // RFC 9100, 4: a pack that uses units of RFC 8798, 3, says so; control: one that does not, does
  // not.
  @Test
  void secondaryUnitsAreAnnounced() {
    String secondary =
        text(SenmlCodec.json().encode(Packs.of(new Measurement(1), Unit.HECTOPASCAL, "x")));
    String primary = text(SenmlCodec.json().encode(Packs.of(new Measurement(1), Unit.PASCAL, "x")));
    assertThat(secondary).contains("\"bver\":26").contains("\"u\":\"hPa\"");
    assertThat(primary).doesNotContain("bver").contains("\"u\":\"Pa\"");
  }

  @Test
  void aUnitThatNoRegistryHasTravelsAsItsUcumCodeAlone() throws SenmlException {
    SenmlPack pack = Packs.of(new Measurement(3.5), Unit.NEPHELOMETRIC, "turbidity");
    byte[] json = SenmlCodec.json().encode(pack);
    assertThat(text(json)).contains("\"mU\":\"[NTU]\"").doesNotContain("\"u\"");
    assertThat(SenmlCodec.json().decode(json)).isEqualTo(pack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/senml+json",
        "application/senml+json; charset=utf-8",
        "Application/SenML+JSON ;x=y"
      })
  void aMediaTypeFindsItsCodecWhateverItsParametersAndCase(String mediaType) {
    assertThat(SenmlCodec.forMediaType(mediaType)).contains(SenmlCodec.json());
  }

  @Test
  void theCodecsKnowTheirOwnMediaTypesAndNoOther() {
    for (SenmlCodec codec : both()) {
      assertThat(SenmlCodec.forMediaType(codec.mediaType())).contains(codec);
    }
    assertThat(SenmlCodec.forMediaType("application/json")).isEmpty();
    assertThat(SenmlCodec.forMediaType("")).isEmpty();
  }

  // The reader can hold what the writer may be asked to write.
  @ParameterizedTest
  @MethodSource("both")
  void theLongestTextTravels(SenmlCodec codec) throws SenmlException {
    Text longest = new Text("🍄".repeat(Text.MAX_CHARS / 2));
    Category category = new Category("é".repeat(128));
    assertThat(only(codec.decode(codec.encode(Packs.of(longest, Unit.ONE, "x")))))
        .isEqualTo(longest);
    assertThat(only(codec.decode(codec.encode(Packs.of(category, Unit.ONE, "x")))))
        .isEqualTo(category);
  }

  private static Result only(SenmlPack pack) {
    assertThat(pack.entries()).hasSize(1);
    return pack.entries().get(0).observation().result();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
