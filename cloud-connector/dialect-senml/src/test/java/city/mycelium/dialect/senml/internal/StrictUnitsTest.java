package city.mycelium.dialect.senml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.Packs;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.UnitNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The option {@code units=rfc8428}: docs/wire.md, 6. */
class StrictUnitsTest {

  @Test
  void whatHasASecondaryUnitGoesInItsPrimaryOneWithoutAVersion() {
    String text =
        new String(
            SenmlCodec.json(UnitNames.RFC8428).encode(Packs.golden()), StandardCharsets.UTF_8);
    // 8.1 ug/m3 are 8.1e-9 kg/m3 (RFC 8798, 3, table 2)
    assertThat(text).contains("\"u\":\"kg/m3\",\"v\":8.1").contains("e-9,\"mV\":8.1");
    assertThat(text).doesNotContain("bver").doesNotContain("\"u\":\"ug/m3\"");
    // The control: the usual form does use it.
    assertThat(new String(SenmlCodec.json().encode(Packs.golden()), StandardCharsets.UTF_8))
        .contains("\"bver\":26")
        .contains("\"u\":\"ug/m3\",\"v\":8.1");
  }

  @Test
  void everyReaderTakesBothAndGetsEveryNumberBitForBit() throws SenmlException {
    Random random = new Random(31);
    for (int i = 0; i < 200; i++) {
      SenmlPack pack = Packs.random(random);
      assertThat(SenmlCodec.json().decode(SenmlCodec.json(UnitNames.RFC8428).encode(pack)))
          .isEqualTo(pack);
      assertThat(SenmlCodec.cbor().decode(SenmlCodec.cbor(UnitNames.RFC8428).encode(pack)))
          .isEqualTo(pack);
    }
  }

  /** A primary unit that is one of ours converts as our own table does. */
  @ParameterizedTest
  @EnumSource(Unit.class)
  void aPrimaryUnitHasTheScaleOfItsOwn(Unit unit) {
    SenmlUnits.Primary primary = SenmlUnits.primaryOf(unit);
    if (primary == null) {
      SenmlUnits.Name name = SenmlUnits.nameOf(unit, null);
      assertThat(name == null || name.registry() == SenmlUnits.Registry.PRIMARY).isTrue();
      return;
    }
    Arrays.stream(Unit.values())
        .filter(
            other -> {
              SenmlUnits.Name name = SenmlUnits.nameOf(other, null);
              return name != null && name.text().equals(primary.name()) && unit.convertsTo(other);
            })
        .forEach(
            other ->
                assertThat(primary.convert(7.5))
                    .isCloseTo(
                        unit.convert(7.5, other),
                        org.assertj.core.data.Percentage.withPercentage(1e-9)));
  }
}
