package city.mycelium.aggregation.internal.fold;

import city.mycelium.aggregation.internal.fold.DayParts.Part;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A-weighted sound levels over a window; decibel.
 *
 * <ul>
 *   <li>{@code laeq}: the level of the mean energy, {@code 10 lg(mean of 10^(L/10))} (ISO 1996-1,
 *       equivalent continuous sound pressure level; IEC 60050-801, 801-22-16). Each result counts
 *       alike, so they must be levels over equal times, such as LAeq,1s.
 *   <li>{@code max}, {@code min}: the highest and the lowest result. They are LAFmax and LAFmin
 *       only if the meter gives those; of LAeq,1s they are the loudest and the quietest second.
 *   <li>{@code la10}, {@code la50}, {@code la90}: exceeded for 10, 50 and 90 percent of the time
 *       (ISO 1996-1, N percentage exceedance level), so la10 is the 90th percentile. Within 0.05 dB
 *       of the level at that rank; exact for a meter that speaks in tenths.
 *   <li>{@code lden}, only of a window that is one civil day: day, evening + 5 dB and night + 10 dB
 *       by their energy and the time that they really take: the night has 7 or 9 hours on two days
 *       a year (2002/49/EC, Annex I, 1; there it is the figure of a whole year, this is what is
 *       often written Lden,24h). Not given if one of the three has no result at all; {@code lday},
 *       {@code levening} and {@code lnight} are its parts.
 * </ul>
 *
 * Energies are added exactly and rounded once. Merges exactly. Memory is bounded: see {@link
 * SoundLevels}. Goes on with the hours that it began with when the configuration changes.
 */
final class SoundFold implements Fold {

  private static final byte VERSION = 1;

  private final DayParts parts;

  private final SoundEnergy day;
  private final SoundEnergy evening;
  private final SoundEnergy night;
  private final SoundLevels levels;
  private double min = SoundLevels.HIGHEST;
  private double max = SoundLevels.LOWEST;

  SoundFold(DayParts parts) {
    this(parts, new SoundEnergy(), new SoundEnergy(), new SoundEnergy(), new SoundLevels());
  }

  private SoundFold(
      DayParts parts, SoundEnergy day, SoundEnergy evening, SoundEnergy night, SoundLevels levels) {
    this.parts = parts;
    this.day = day;
    this.evening = evening;
    this.night = night;
    this.levels = levels;
  }

  @Override
  public boolean accepts(Result result) {
    return result instanceof Result.Measurement level && isLevel(level.value());
  }

  private static boolean isLevel(double value) {
    return SoundLevels.LOWEST <= value && value <= SoundLevels.HIGHEST;
  }

  private SoundEnergy of(Part part) {
    return switch (part) {
      case DAY -> day;
      case EVENING -> evening;
      case NIGHT -> night;
    };
  }

  @Override
  public void add(long phenomenonTime, Result result) {
    double level = ((Result.Measurement) result).value();
    of(parts.at(phenomenonTime)).add(level);
    levels.add(level);
    min = Math.min(min, level);
    max = Math.max(max, level);
  }

  @Override
  public void merge(Fold other) {
    SoundFold more = (SoundFold) other;
    day.merge(more.day);
    evening.merge(more.evening);
    night.merge(more.night);
    levels.merge(more.levels);
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
  }

  @Override
  public long count() {
    return day.count() + evening.count() + night.count();
  }

  @Override
  public Map<Statistic, Double> statistics(Span window, @Nullable Edge before) {
    Map<Statistic, Double> statistics = new TreeMap<>();
    if (count() == 0) {
      return statistics;
    }
    SoundEnergy all = new SoundEnergy();
    all.merge(day);
    all.merge(evening);
    all.merge(night);
    statistics.put(Statistic.LAEQ, SoundEnergy.level(all.mean()));
    statistics.put(Statistic.MIN, min);
    statistics.put(Statistic.MAX, max);
    statistics.put(Statistic.LA10, levels.exceededFor(10));
    statistics.put(Statistic.LA50, levels.exceededFor(50));
    statistics.put(Statistic.LA90, levels.exceededFor(90));
    if (parts.isDay(window)) {
      putDay(window, statistics);
    }
    return statistics;
  }

  private void putDay(Span window, Map<Statistic, Double> statistics) {
    putPart(Statistic.LDAY, day, statistics);
    putPart(Statistic.LEVENING, evening, statistics);
    putPart(Statistic.LNIGHT, night, statistics);
    double energy = 0;
    for (Part part : Part.values()) {
      if (of(part).count() == 0) {
        return; // what was not heard is not silence
      }
      energy +=
          parts.millis(window, part) * of(part).mean() * SoundEnergy.energy(part.penaltyDecibels());
    }
    statistics.put(Statistic.LDEN, SoundEnergy.level(energy / window.millis()));
  }

  private static void putPart(
      Statistic statistic, SoundEnergy energy, Map<Statistic, Double> statistics) {
    if (energy.count() > 0) {
      statistics.put(statistic, SoundEnergy.level(energy.mean()));
    }
  }

  @Override
  public @Nullable Edge last(@Nullable Edge before) {
    return null;
  }

  @Override
  public byte[] toBytes() {
    PackedWriter out = new PackedWriter(VERSION);
    out.text(parts.zone().getId());
    out.number(parts.dayFrom()).number(parts.eveningFrom()).number(parts.nightFrom());
    day.write(out);
    evening.write(out);
    night.write(out);
    levels.write(out);
    return out.real(min).real(max).toBytes();
  }

  static SoundFold read(byte[] bytes) {
    PackedReader in = new PackedReader(bytes, VERSION);
    DayParts parts = new DayParts(zone(in.text()), in.small(), in.small(), in.small());
    SoundFold fold =
        new SoundFold(
            parts,
            SoundEnergy.read(in),
            SoundEnergy.read(in),
            SoundEnergy.read(in),
            SoundLevels.read(in));
    fold.min = in.real();
    fold.max = in.real();
    in.end();
    PackedReader.require(fold.count() == fold.levels.total(), "levels and energies differ");
    PackedReader.require(
        isLevel(fold.min) && isLevel(fold.max) && (fold.count() == 0 || fold.min <= fold.max),
        "no level of sound");
    return fold;
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the state of a window names no time zone", e);
    }
  }
}
