package city.mycelium.dialect.senml.internal;

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
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.dialect.senml.PackCoverage;
import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.SenmlPack.Entry;
import city.mycelium.dialect.senml.UnacceptablePackException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one pack (docs/wire.md, 3), whole or not at all. For one thread. */
public final class PackReader {

  /** As {@link city.mycelium.api.observation.ObservedProperty} has it. */
  static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.\\-]{0,47}");

  /** Room made before the first record came: what a pack claims to hold is not yet believed. */
  private static final int MOST_ROOM_AT_FIRST = 1_024;

  private final Records records;
  private final Fields fields;
  private final Coverage coverage;
  private final Map<String, Stream> streams = new HashMap<>();

  /** What the first record says of all. */
  private record Coverage(PackCoverage told, long dropped, long observations) {

    GatewayId gateway() {
      return told.gateway();
    }

    OffsetRange covers() {
      return told.covers();
    }
  }

  /** What the records of a Datastream have in common. */
  private record Stream(DatastreamId id, @Nullable String property, @Nullable Unit unit) {}

  private PackReader(Records records) throws SenmlException {
    this.records = records;
    this.fields = records.fields();
    if (!records.next()) {
      throw records.fault("a pack begins with its coverage record, but this one is empty");
    }
    this.coverage = coverage();
  }

  /**
   * The pack in these bytes.
   *
   * @throws UnacceptablePackException if they are one, but one that can never be taken
   * @throws SenmlException if they are not one
   */
  public static SenmlPack read(Form form, byte[] bytes) throws SenmlException {
    try (Records records = new Records(form, bytes)) {
      PackReader reader = new PackReader(records);
      try {
        return reader.pack();
      } catch (SenmlException e) {
        // Damaged on the way it may come again undamaged; whole it will say the same again.
        throw isWhole(form, bytes) ? new UnacceptablePackException(reader.coverage.told(), e) : e;
      }
    }
  }

  /** Whether these bytes are one array from the first to the last, whatever it holds. */
  private static boolean isWhole(Form form, byte[] bytes) {
    try (WireParser parser = form.parser(bytes)) {
      parser.next();
      parser.skip();
      parser.end();
      return true;
    } catch (SenmlException e) {
      return false;
    }
  }

  private SenmlPack pack() throws SenmlException {
    List<Entry> entries =
        new ArrayList<>((int) Math.min(coverage.observations(), MOST_ROOM_AT_FIRST));
    while (records.next()) {
      try {
        entries.add(entry());
      } catch (IllegalArgumentException e) { // a value's own check: it was sent wrong
        throw records.fault(String.valueOf(e.getMessage()));
      }
    }
    if (entries.size() != coverage.observations()) {
      throw records.fault(
          "the pack says that it holds "
              + coverage.observations()
              + " observations, but holds "
              + entries.size());
    }
    try {
      return new SenmlPack(
          coverage.gateway(),
          coverage.told().epoch(),
          coverage.told().predecessors(),
          coverage.covers(),
          coverage.dropped(),
          entries);
    } catch (IllegalArgumentException e) {
      throw records.fault(String.valueOf(e.getMessage()));
    }
  }

  private Coverage coverage() throws SenmlException {
    String name = records.name();
    if (!name.endsWith("/" + PackWriter.COVERAGE)) {
      throw records.fault("a pack begins with its coverage record, but this one with another");
    }
    String epoch = needed(fields.text(Label.EPOCH), Label.EPOCH);
    if (!records.hasWholeValue() || records.wholeValue() < 0) {
      throw records.fault("the coverage record's value counts the observations");
    }
    try {
      PackCoverage told =
          new PackCoverage(
              new GatewayId(name.substring(0, name.length() - PackWriter.COVERAGE.length() - 1)),
              Epochs.parse(epoch),
              predecessors(),
              new OffsetRange(whole(Label.FROM), whole(Label.TO)));
      return new Coverage(told, fields.whole(Label.DROPPED), records.wholeValue());
    } catch (IllegalArgumentException e) {
      throw records.fault(String.valueOf(e.getMessage()));
    }
  }

  private List<Predecessor> predecessors() throws SenmlException {
    String text = fields.text(Label.PREDECESSORS);
    return text == null ? List.of() : Predecessors.parse(text);
  }

  private Entry entry() throws SenmlException {
    Stream stream = stream();
    long from = records.time();
    long duration = fields.whole(Label.DURATION);
    if (duration < 0) {
      throw records.fault("'mD' is never negative");
    }
    Observation observation =
        new Observation(
            identity(),
            stream.id(),
            PhenomenonTime.between(from, from + duration),
            result(),
            quality(),
            from + fields.whole(Label.RECEIVED));
    return new Entry(observation, stream.property(), stream.unit());
  }

  private Identity identity() throws SenmlException {
    long place = whole(Label.OFFSET);
    if (place < 0 || place >= coverage.covers().size()) {
      throw records.fault("'mO' lies outside of what the pack covers");
    }
    return new Identity(
        coverage.gateway(), coverage.told().epoch(), coverage.covers().first() + place);
  }

  private Stream stream() throws SenmlException {
    String name = records.name();
    Stream known = streams.get(name);
    if (known == null) {
      Stream first = new Stream(datastream(name), property(), unit());
      streams.put(name, first);
      return first;
    }
    boolean sameProperty =
        !fields.has(Label.PROPERTY) || Objects.equals(known.property(), property());
    boolean sameUnit =
        !(fields.has(Label.UCUM_UNIT) || fields.has(Label.UNIT))
            || isConverted(known.unit(), records.unit())
            || known.unit() == unit();
    if (!sameProperty || !sameUnit) {
      throw records.fault("a datastream changes its property or unit within the pack");
    }
    return known;
  }

  private DatastreamId datastream(String name) throws SenmlException {
    String prefix = coverage.gateway().value() + "/";
    if (!name.startsWith(prefix)) {
      throw records.fault("the record is not of the gateway that the pack speaks for");
    }
    return new DatastreamId(name.substring(prefix.length()));
  }

  private @Nullable String property() throws SenmlException {
    String property = fields.text(Label.PROPERTY);
    if (property != null && !PROPERTY.matcher(property).matches()) {
      throw records.fault("'mP' is not the name of an observed property");
    }
    return property;
  }

  /** By its UCUM code if that is there, else by its SenML name. */
  private @Nullable Unit unit() throws SenmlException {
    String name = records.unit();
    Unit named = name == null ? null : SenmlUnits.unitOf(name).orElse(null);
    String code = fields.text(Label.UCUM_UNIT);
    if (code == null) {
      if (name != null && named == null) {
        throw records.fault(Required.unknownUnit(name));
      }
      return named;
    }
    Unit unit = Unit.ofCode(code).orElse(null);
    if (unit == null) {
      throw records.fault(Required.unknownUnit(code));
    }
    if (named != null && named != unit && !isConverted(unit, name)) {
      throw records.fault("'u' says " + name + ", but 'mU' says " + code);
    }
    return unit;
  }

  /** With strict names {@code v} is in the primary unit, and the exact value stands beside it. */
  private boolean isConverted(@Nullable Unit unit, @Nullable String name) {
    if (unit == null || !fields.has(Label.EXACT)) {
      return false;
    }
    SenmlUnits.Primary primary = SenmlUnits.primaryOf(unit);
    return primary != null && primary.name().equals(name);
  }

  /** The number in the unit that 'mU' says. */
  private double number() throws SenmlException {
    return fields.has(Label.EXACT) ? fields.number(Label.EXACT) : records.value();
  }

  private Quality quality() throws SenmlException {
    String quality = fields.text(Label.QUALITY);
    if (quality == null) {
      return Quality.GOOD;
    }
    if (!quality.equals(Words.SUSPECT)) {
      throw records.fault("this end does not know what 'mQ' says");
    }
    return Quality.SUSPECT;
  }

  private Result result() throws SenmlException {
    String shape = fields.text(Label.SHAPE);
    if (shape == null) {
      return plain();
    }
    return switch (shape) {
      case Words.COUNTER -> counter();
      case Words.CATEGORY -> new Category(textValue());
      case Words.POSITION -> Words.parsePlace(textValue());
      case Words.SUMMARY -> summary();
      default -> throw records.fault("this end does not know the shape that 'mK' says");
    };
  }

  private Result plain() throws SenmlException {
    if (records.hasNumber()) {
      return new Measurement(number());
    }
    if (fields.has(Label.BOOLEAN_VALUE)) {
      return new Truth(fields.truth(Label.BOOLEAN_VALUE));
    }
    return new Text(textValue());
  }

  private Result counter() throws SenmlException {
    if (fields.has(Label.EXACT) && fields.isWhole(Label.EXACT)) {
      return new Counter(fields.whole(Label.EXACT));
    }
    if (!records.hasWholeValue()) {
      throw records.fault("a counter is a whole number");
    }
    return new Counter(records.wholeValue());
  }

  private Result summary() throws SenmlException {
    SortedMap<Statistic, Double> statistics = new TreeMap<>(fields.statistics());
    if (records.hasNumber()) {
      statistics.put(Statistic.MEAN, number());
    } else if (!Words.NO_MEAN.equals(fields.text(Label.STRING_VALUE))) {
      throw records.fault("a summary needs 'v', or an empty 'vs' if it has no mean");
    }
    take(Label.MIN, Statistic.MIN, statistics);
    take(Label.MAX, Statistic.MAX, statistics);
    long revision = whole(Label.REVISION);
    if (revision > Integer.MAX_VALUE) {
      throw records.fault("'mRev' is at most " + Integer.MAX_VALUE);
    }
    return new Summary(
        whole(Label.COUNT),
        fields.whole(Label.EXPECTED),
        statistics,
        !fields.truth(Label.INVALID),
        (int) revision);
  }

  private void take(Label label, Statistic statistic, SortedMap<Statistic, Double> statistics) {
    if (fields.has(label)) {
      statistics.put(statistic, fields.number(label));
    }
  }

  private String textValue() throws SenmlException {
    return needed(fields.text(Label.STRING_VALUE), Label.STRING_VALUE);
  }

  private long whole(Label label) throws SenmlException {
    if (!fields.has(label)) {
      throw records.fault("the record needs '" + label + "'");
    }
    return fields.whole(label);
  }

  private String needed(@Nullable String value, Label label) throws SenmlException {
    if (value == null) {
      throw records.fault("the record needs '" + label + "'");
    }
    return value;
  }
}
