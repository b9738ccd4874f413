package city.mycelium.driver.lorawan.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RegionTest {

  @SuppressWarnings("unused") // named by @FieldSource
  static final java.util.List<String> ALL = Region.KNOWN;

  private final Region eu868 = Region.named("EU868");

  @ParameterizedTest
  @FieldSource("ALL")
  void everyWindowOfEveryChannelMayBeSentIn(String name) {
    Region region = Region.named(name);
    assertThat(region.name()).isEqualTo(name);
    assertThat(region.channels()).isNotEmpty();
    assertThat(region.subBand(region.rx2FrequencyHz())).isPresent();
    for (Region.Channel channel : region.channels()) {
      long down = region.rx1FrequencyHz(channel.frequencyHz()).orElseThrow();
      assertThat(region.subBand(down)).isPresent();
      for (int up = channel.lowestDataRate(); up <= channel.highestDataRate(); up++) {
        assertThat(region.uplinkDataRate(region.dataRate(up))).hasValue(up);
        for (int offset = 0; offset < region.rx1().offsets().size(); offset++) {
          int rx1 = region.rx1DataRate(up, offset);
          assertThat(region.dataRate(rx1)).isNotNull();
          assertThat(region.maxPayload(rx1)).isPositive();
        }
      }
    }
  }

  /** RP002-1.0.4, EU863-870: DR0 to DR7. */
  @Test
  void eu868HasTheSevenLoraRatesAndFsk() {
    assertThat(eu868.dataRate(0)).isEqualTo(new DataRate.Lora(12, 125));
    assertThat(eu868.dataRate(5)).isEqualTo(new DataRate.Lora(7, 125));
    assertThat(eu868.dataRate(6)).isEqualTo(new DataRate.Lora(7, 250));
    assertThat(eu868.dataRate(7)).isEqualTo(new DataRate.Fsk(50_000));
    assertThat(eu868.channels())
        .extracting(Region.Channel::frequencyHz)
        .containsExactly(868_100_000L, 868_300_000L, 868_500_000L);
    assertThat(eu868.maxPayload(2)).isEqualTo(51);
    assertThat(eu868.maxPayload(3)).isEqualTo(115);
  }

  /** ETSI EN 300 220-2 V3.2.1, table B.1: edges belong to the band above, and some gaps to none. */
  @ParameterizedTest
  @CsvSource({
    "863000000, 0.1, 16.15",
    "865000000, 1, 16.15",
    "867100000, 1, 16.15",
    "868100000, 1, 16.15",
    "868700000, 0.1, 16.15",
    "869525000, 10, 29.15",
    "869700000, 1, 16.15"
  })
  void eu868KnowsItsSubBands(long hz, double percent, double eirp) {
    SubBand band = eu868.subBand(hz).orElseThrow();
    assertThat(band.dutyPercent()).isEqualTo(percent);
    assertThat(band.maxEirpDbm()).isEqualTo(eirp);
  }

  @ParameterizedTest
  @CsvSource({"862999999", "868600000", "868650000", "869200000", "869650000", "870000000"})
  void nothingIsSentBetweenTheSubBandsOfEu868(long hz) {
    assertThat(eu868.subBand(hz)).isEmpty();
  }

  /** RP002-1.0.4, RX1 tables of the regions, some rows each. */
  @ParameterizedTest
  @CsvSource({
    "EU868, 5, 0, 5",
    "EU868, 3, 5, 0",
    "EU868, 0, 1, 0",
    "US915, 0, 0, 10",
    "US915, 0, 3, 8",
    "US915, 4, 0, 13",
    "US915, 4, 3, 11",
    "AU915, 0, 0, 8",
    "AU915, 6, 1, 13",
    "AU915, 6, 5, 9",
    "IN865, 0, 7, 2",
    "IN865, 5, 6, 5",
    "AS923, 4, 7, 5"
  })
  void rx1HasTheDataRateOfTheTable(String region, int up, int offset, int rx1) {
    assertThat(Region.named(region).rx1DataRate(up, offset)).isEqualTo(rx1);
  }

  /** Channel modulo eight. */
  @Test
  void rx1OfFixedChannelsIsElsewhere() {
    Region us915 = Region.named("US915");
    assertThat(us915.rx1FrequencyHz(902_300_000L)).contains(923_300_000L);
    assertThat(us915.rx1FrequencyHz(904_100_000L)).as("channel 9").contains(923_900_000L);
    assertThat(us915.rx1FrequencyHz(903_000_000L)).as("channel 64").contains(923_300_000L);
    assertThat(us915.rx1FrequencyHz(902_400_000L)).as("no channel").isEmpty();
    assertThat(us915.uplinkDataRate(new DataRate.Lora(8, 500))).as("not DR12").hasValue(4);
  }

  @Test
  void unknownRegionIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Region.named("EU999")).hasMessageContaining("EU868, EU433");
  }

  @Test
  void fileThatIsNoneIsRefused() {
    for (String text : new String[] {"", "[]", "{}", "{\"name\":1}"}) {
      assertThatThrownBy(
              () ->
                  RegionFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no region's data file");
    }
  }

  /** ETSI EN 300 220-2, table B.1: one per cent of an hour, ten from 869.4 to 869.65 MHz. */
  @Test
  void airTimeOfAnHourIsThatOfTheSubBand() {
    assertThat(eu868.subBand(868_100_000L).orElseThrow().airTimePerHour())
        .isEqualTo(Duration.ofSeconds(36));
    assertThat(eu868.subBand(869_525_000L).orElseThrow().airTimePerHour())
        .isEqualTo(Duration.ofSeconds(360));
    assertThat(eu868.subBand(868_100_000L).orElseThrow().isLimited()).isTrue();
    assertThat(Region.named("US915").subBand(923_300_000L).orElseThrow().isLimited()).isFalse();
  }

  @Test
  void airTimeCountsForAnHour() {
    AirTime air = new AirTime();
    Duration second = Duration.ofSeconds(1);
    air.reserve(second, 0);
    air.reserve(second, 500);
    long anHour = Duration.ofHours(1).toNanos();
    assertThat(air.usedNanos(anHour - 1)).isEqualTo(2 * second.toNanos());
    assertThat(air.usedNanosSince(500)).isEqualTo(second.toNanos());
    assertThat(air.usedNanos(anHour)).isEqualTo(second.toNanos());
    assertThat(air.usedNanos(anHour + 500)).isZero();
  }

  @Test
  void airTimeIsToldByTheStretchThatItWasTakenIn() {
    AirTime air = new AirTime();
    air.reserve(Duration.ofNanos(1), 99);
    air.reserve(Duration.ofNanos(2), 100);
    air.reserve(Duration.ofNanos(4), 199);
    assertThat(air.usedNanosByStretch(Duration.ofNanos(100), 200))
        .containsExactly(java.util.Map.entry(100L, 1L), java.util.Map.entry(200L, 6L));
  }

  @Test
  void airThatWasNotUsedIsGivenBack() {
    AirTime air = new AirTime();
    AirTime.Reservation reservation = air.reserve(Duration.ofSeconds(36), 0);
    assertThat(air.usedNanos(0)).isEqualTo(Duration.ofSeconds(36).toNanos());
    air.giveBack(reservation);
    assertThat(air.usedNanos(0)).isZero();
  }
}
