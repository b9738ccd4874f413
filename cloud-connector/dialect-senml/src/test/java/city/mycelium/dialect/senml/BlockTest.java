package city.mycelium.dialect.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The block of docs/wire.md, 8. */
class BlockTest {

  private static final long NOON = Instant.parse("2026-11-23T12:00:00.250Z").toEpochMilli();
  private static final SenmlCodec BLOCK = SenmlCodec.block();

  /** What {@code block.hex} and {@code block-deflated.hex} say. */
  private static SenmlPack golden() {
    Summary hour =
        new Summary(
            58, 60, new TreeMap<>(Map.of(Statistic.MEAN, 1 / 3.0, Statistic.MIN, -1.5)), true, 2);
    return new SenmlPack(
        Packs.GATEWAY,
        Packs.EPOCH,
        List.of(new Predecessor(0x0123456789abcdefL, 1400)),
        new OffsetRange(1201, 1210),
        1,
        List.of(
            entry(1201, "paddenstoel.123/PM25", NOON, 0, 1750, new Measurement(8.1), false),
            entry(1202, "paddenstoel.123/PM25", NOON + 60_000, 0, 0, new Measurement(8), true),
            entry(
                1205,
                "paddenstoel.123/T/PT1H",
                NOON - 3_600_250,
                3_600_000,
                3_600_900,
                hour,
                false),
            entry(
                1206,
                "road.4/cars",
                NOON + 60_000,
                0,
                0,
                new Counter(9_007_199_254_740_993L),
                false)));
  }

  @Test
  void whatWasWrittenByHandIsRead() throws SenmlException {
    assertThat(BLOCK.decode(Golden.hex("block.hex"))).isEqualTo(golden());
    assertThat(BLOCK.decode(Golden.hex("block-deflated.hex"))).isEqualTo(golden());
  }

  /** Which of several ways to deflate is a compressor's own affair: what it unpacks to is not. */
  @Test
  void whatIsTooShortToBeDeflatedIsWrittenAsByHand() throws SenmlException {
    SenmlPack empty =
        new SenmlPack(Packs.GATEWAY, Packs.EPOCH, new OffsetRange(7, 7), 1, List.of());
    assertThat(BLOCK.encode(empty)).isEqualTo(Golden.hex("block-empty.hex"));
    assertThat(BLOCK.encode(golden()).length)
        .isLessThanOrEqualTo(Golden.hex("block-deflated.hex").length + 4);
  }

  @Test
  void everyShapeQualityAndPredecessorTravels() throws SenmlException {
    assertThat(BLOCK.decode(BLOCK.encode(golden()))).isEqualTo(golden());
    assertThat(BLOCK.decode(BLOCK.encode(Packs.golden()))).isEqualTo(Packs.golden());
    Random random = new Random(21);
    for (int i = 0; i < 300; i++) {
      SenmlPack pack = Packs.random(random);
      assertThat(BLOCK.decode(BLOCK.encode(pack))).isEqualTo(pack);
    }
  }

  @Test
  void numbersArriveBitForBit() throws SenmlException {
    double[] odd = {
      0.0,
      -0.0,
      0.1,
      0.1 + 0.2,
      1e-9,
      123456789.123456789,
      9007199254740993.0,
      1e300,
      Double.MIN_VALUE,
      -Double.MAX_VALUE,
      1 / 3.0,
      5e-10,
      4503599627370497.5
    };
    for (double first : odd) {
      for (double second : odd) {
        SenmlPack pack =
            new SenmlPack(
                Packs.GATEWAY,
                Packs.EPOCH,
                new OffsetRange(1, 3),
                0,
                List.of(
                    entry(1, "a/b", NOON, 0, 0, new Measurement(first), false),
                    entry(2, "a/b", NOON, 0, 0, new Measurement(second), false),
                    entry(3, "a/b", NOON, 0, 0, new Measurement(first), false)));
        // Records of doubles are equal bit for bit.
        assertThat(BLOCK.decode(BLOCK.encode(pack))).isEqualTo(pack);
      }
    }
  }

  /** The promise of the block: what a neighbourhood of kits says, at 100 per message. */
  @Test
  void aNeighbourhoodTakesAtMostSixBytesPerObservation() {
    long bytes = 0;
    long observations = 0;
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      SenmlPack pack = neighbourhood(random);
      bytes += BLOCK.encode(pack).length;
      observations += pack.entries().size();
    }
    double each = (double) bytes / observations;
    assertThat(each).isLessThanOrEqualTo(6);
  }

  @Test
  void aFlippedBitIsDamageAndNotARefusal() {
    byte[] good = Golden.hex("block.hex");
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      assertThatThrownBy(() -> BLOCK.decode(bad))
          .isInstanceOf(SenmlException.class)
          .isNotInstanceOf(UnacceptablePackException.class);
    }
  }

  /** With a right checksum it came whole, and will say the same again. */
  @Test
  void nonsenseThatCameWholeIsRefusedWithItsCoverage() {
    Random random = new Random(8);
    int refused = 0;
    for (String name : List.of("block.hex", "block-deflated.hex")) {
      byte[] good = Golden.hex(name);
      for (int i = 0; i < 5_000; i++) {
        byte[] bad = good.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          bad[61 + random.nextInt(bad.length - 61)] = (byte) random.nextInt(256);
        }
        sum(bad);
        try {
          assertThat(BLOCK.decode(bad)).isNotNull();
        } catch (UnacceptablePackException e) {
          assertThat(e.coverage().covers()).isEqualTo(new OffsetRange(1201, 1210));
          refused++;
        } catch (SenmlException e) {
          throw new AssertionError("it can be read what it covers", e);
        }
      }
    }
    assertThat(refused).isGreaterThan(2_000);
  }

  static void sum(byte[] block) {
    CRC32 crc = new CRC32();
    crc.update(block, 0, 1);
    crc.update(block, 5, block.length - 5);
    for (int i = 0; i < 4; i++) {
      block[1 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
  }

  /** 100 observations: four kits of six quantities, some 145 seconds apart, as they come. */
  private static SenmlPack neighbourhood(Random random) {
    String[] channels = {"NO2", "PM25", "PM10", "T", "RH", "P"};
    String[] properties = {
      "NO2", "PM2.5", "PM10", "air-temperature", "relative-humidity", "air-pressure"
    };
    Unit[] units = {
      Unit.MICROGRAM_PER_CUBIC_METRE,
      Unit.MICROGRAM_PER_CUBIC_METRE,
      Unit.MICROGRAM_PER_CUBIC_METRE,
      Unit.DEGREE_CELSIUS,
      Unit.PERCENT,
      Unit.PASCAL
    };
    double[] digits = {10, 100, 100, 100, 100, 1};
    double[] level = {230, 810, 1300, 840, 8150, 101_325};
    double[] step = {15, 40, 60, 12, 40, 6};
    List<Entry> entries = new ArrayList<>();
    long offset = 1_000_000 + random.nextInt(1_000_000);
    long first = offset;
    for (int round = 0; entries.size() < 100; round++) {
      for (int kit = 0; kit < 4; kit++) {
        long at = NOON + round * 145_000L + kit * 31_000L + random.nextInt(900);
        for (int i = 0; i < 6 && entries.size() < 100; i++) {
          double value = Math.rint(level[i] + random.nextGaussian() * step[i]) / digits[i];
          Observation observation =
              new Observation(
                  new Identity(Packs.GATEWAY, Packs.EPOCH, offset++),
                  new DatastreamId("paddenstoel." + (121 + kit) + "/" + channels[i]),
                  PhenomenonTime.at(at),
                  new Measurement(value),
                  Quality.GOOD,
                  at);
          entries.add(new Entry(observation, properties[i], units[i]));
        }
      }
    }
    return new SenmlPack(
        Packs.GATEWAY, Packs.EPOCH, new OffsetRange(first, offset - 1), 0, entries);
  }

  private static Entry entry(
      long offset, String id, long from, long duration, long lag, Result result, boolean suspect) {
    String property =
        id.startsWith("road")
            ? "vehicle-count"
            : id.contains("PM25") ? "PM2.5" : id.contains("/T/") ? "air-temperature" : null;
    Unit unit =
        id.startsWith("road")
            ? Unit.ONE
            : id.contains("PM25")
                ? Unit.MICROGRAM_PER_CUBIC_METRE
                : id.contains("/T/") ? Unit.DEGREE_CELSIUS : null;
    return new Entry(
        new Observation(
            new Identity(Packs.GATEWAY, Packs.EPOCH, offset),
            new DatastreamId(id),
            PhenomenonTime.between(from, from + duration),
            result,
            suspect ? Quality.SUSPECT : Quality.GOOD,
            from + lag),
        property,
        unit);
  }
}
