package city.mycelium.dialect.senml;

import city.mycelium.api.journal.Predecessor;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Packs to test with: the one of the golden files, and as many random ones as wanted. */
public final class Packs {

  public static final GatewayId GATEWAY = new GatewayId("mushroomgatewaymushroom234");
  public static final long EPOCH = 0x00c0ffee00c0ffeeL;

  /** Of a journal that was salvaged at offset 1400, and before that restored at 1202. */
  public static final List<Predecessor> PREDECESSORS =
      List.of(
          new Predecessor(0x0123456789abcdefL, 1400), new Predecessor(0xfedcba9876543210L, 1202));

  private static final long NOON = Instant.parse("2026-11-23T12:00:00.250Z").toEpochMilli();

  private Packs() {}

  /** What {@code pack.json} and {@code pack.cbor.hex} say: every shape of result once. */
  public static SenmlPack golden() {
    return new SenmlPack(
        GATEWAY,
        EPOCH,
        new OffsetRange(1201, 1211),
        1,
        List.of(
            entry(
                1201,
                "paddenstoel.123/PM25",
                NOON,
                0,
                1750,
                new Measurement(8.1),
                "PM2.5",
                Unit.MICROGRAM_PER_CUBIC_METRE,
                Quality.GOOD),
            entry(
                1202,
                "paddenstoel.123/RH",
                NOON,
                0,
                1750,
                new Measurement(64.5),
                "relative-humidity",
                Unit.PERCENT,
                Quality.GOOD),
            entry(
                1203,
                "paddenstoel.123/PM25",
                NOON + 60_000,
                0,
                -20,
                new Measurement(8),
                "PM2.5",
                Unit.MICROGRAM_PER_CUBIC_METRE,
                Quality.SUSPECT),
            entry(
                1205,
                "bay.7/occupied",
                NOON + 60_017,
                0,
                0,
                new Truth(true),
                "parking-occupancy",
                Unit.ONE,
                Quality.GOOD),
            entry(
                1206,
                "lamp.3/state",
                NOON - 250,
                0,
                0,
                new Category("dimmed"),
                "lamp-state",
                Unit.ONE,
                Quality.GOOD),
            entry(
                1207,
                "pole.9/energy",
                NOON + 61_000,
                0,
                0,
                new Counter(9007199254740993L),
                "energy",
                Unit.KILOWATT_HOUR,
                Quality.GOOD),
            entry(
                1208,
                "bus.4/position",
                NOON + 62_000,
                0,
                0,
                new Position(52.0012, -4.75, -0.5),
                "position",
                Unit.DEGREE,
                Quality.GOOD),
            entry(
                1209,
                "paddenstoel.123/PM25/PT10M",
                NOON - 600_250,
                600_000,
                600_123,
                Summary.ofNumbers(58, 60, -0.0, 8.234567890123456, 12.5, 2),
                "PM2.5",
                Unit.MICROGRAM_PER_CUBIC_METRE,
                Quality.GOOD),
            entry(
                1210,
                "display.1/message",
                NOON + 63_500,
                0,
                0,
                new Text("Grüße \"🍄\""),
                "message",
                Unit.ONE,
                Quality.GOOD),
            entry(
                1211,
                "bay.7/occupied/PT1H",
                NOON - 3_600_250,
                3_600_000,
                3_610_000,
                new Summary(
                    0,
                    4,
                    new TreeMap<>(Map.of(Statistic.OCCUPANCY, 0.25, Statistic.STAY_MEAN, 412.5)),
                    false,
                    1),
                "parking-occupancy",
                Unit.ONE,
                Quality.GOOD)));
  }

  /** What {@code pack-restored.json} and {@code pack-restored.cbor.hex} say. */
  public static SenmlPack restored() {
    return new SenmlPack(
        GATEWAY,
        EPOCH,
        PREDECESSORS,
        new OffsetRange(1201, 1203),
        1,
        golden().entries().subList(0, 1));
  }

  /** One Observation of one Datastream in one unit. */
  public static SenmlPack of(Result result, Unit unit, String property) {
    return new SenmlPack(
        GATEWAY,
        EPOCH,
        new OffsetRange(1, 1),
        0,
        List.of(entry(1, "device.1/channel", NOON, 0, 0, result, property, unit, Quality.GOOD)));
  }

  /** A pack of some Datastreams with results of every shape and doubles of every size. */
  public static SenmlPack random(Random random) {
    long first = 1 + random.nextLong(1L << (1 + random.nextInt(60)));
    List<Entry> entries = new ArrayList<>();
    long offset = first;
    int wanted = random.nextInt(40);
    for (int i = 0; i < wanted; i++) {
      offset += random.nextInt(3);
      entries.add(randomEntry(random, offset));
      offset++;
    }
    long last = Math.max(first, offset - 1) + random.nextInt(5);
    OffsetRange covers = new OffsetRange(first, last);
    long dropped = random.nextInt((int) (covers.size() - entries.size()) + 1);
    return new SenmlPack(GATEWAY, EPOCH, covers, dropped, entries);
  }

  private static Entry randomEntry(Random random, long offset) {
    int stream = random.nextInt(7);
    // Each Datastream has one shape, unit and property, as it must.
    Unit unit = Unit.values()[(stream * 5 + 1) % Unit.values().length];
    long from = (1L << 28) * 1000 + random.nextLong(4_000_000_000_000L);
    return entry(
        offset,
        "device." + stream + "/channel",
        from,
        random.nextBoolean() ? 0 : random.nextInt(100_000_000),
        random.nextLong(),
        randomResult(random, stream),
        "property-" + stream,
        unit,
        random.nextInt(5) == 0 ? Quality.SUSPECT : Quality.GOOD);
  }

  private static Result randomResult(Random random, int shape) {
    return switch (shape) {
      case 0 -> new Measurement(anyDouble(random));
      case 1 -> new Truth(random.nextBoolean());
      case 2 -> new Text(anyText(random, random.nextInt(Text.MAX_CHARS / 2)));
      case 3 -> new Category(anyText(random, 1 + random.nextInt(60)));
      case 4 -> new Counter(random.nextLong() >>> (1 + random.nextInt(63)));
      case 5 ->
          new Position(
              random.nextDouble(-90, 90),
              random.nextDouble(-180, 180),
              random.nextBoolean() ? null : anyDouble(random));
      default -> {
        double[] values = {anyDouble(random), anyDouble(random), anyDouble(random)};
        Arrays.sort(values);
        TreeMap<Statistic, Double> statistics = new TreeMap<>();
        statistics.put(Statistic.MIN, values[0]);
        statistics.put(Statistic.MEAN, values[1]);
        statistics.put(Statistic.MAX, values[2]);
        statistics.put(Statistic.percentile(1 + random.nextInt(99)), anyDouble(random));
        statistics.put(new Statistic("of-" + (char) ('a' + random.nextInt(26))), -0.0);
        statistics.keySet().removeIf(statistic -> random.nextInt(4) == 0);
        yield new Summary(
            random.nextInt(1_000_000),
            random.nextInt(3),
            statistics,
            random.nextBoolean(),
            1 + random.nextInt(Integer.MAX_VALUE - 1));
      }
    };
  }

  /** Half of them any bit pattern at all, half of them the ones that codecs get wrong. */
  static double anyDouble(Random random) {
    double[] nasty = {
      0,
      -0.0,
      1,
      -1,
      0.1,
      1e-3,
      9.99e-4,
      1e7,
      9999999.5,
      10000000.5,
      1e16,
      1.5e16,
      21.35,
      1e-300,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Float.MAX_VALUE,
      Float.MIN_VALUE,
      9007199254740992.0,
      -9007199254740992.0,
      9007199254740994.0,
      2.0E-3,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      Math.PI,
      123456789.123,
      1e22,
      1e23
    };
    if (random.nextBoolean()) {
      return nasty[random.nextInt(nasty.length)];
    }
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 0.5;
  }

  private static String anyText(Random random, int codePoints) {
    String some = "aZ0 \"\\/\u0000\n\té€🍄\u2028\ud7ff\ue000";
    int[] alphabet = some.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codePoints; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  static Entry entry(
      long offset,
      String datastream,
      long from,
      long duration,
      long receivedAfter,
      Result result,
      String property,
      Unit unit,
      Quality quality) {
    return new Entry(
        new Observation(
            new Identity(GATEWAY, EPOCH, offset),
            new DatastreamId(datastream),
            PhenomenonTime.between(from, from + duration),
            result,
            quality,
            from + receivedAfter),
        property,
        unit);
  }
}
