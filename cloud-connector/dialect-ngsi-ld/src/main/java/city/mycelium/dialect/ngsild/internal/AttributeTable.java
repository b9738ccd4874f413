package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of {@code attributes.txt}, and what a mapping file says instead. Immutable. */
final class AttributeTable {

  private static final Map<String, Attribute> ROWS = read();
  private static final Pattern MAPPED =
      Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}\\.[A-Za-z][A-Za-z0-9_-]{0,63}");

  private final Names names;

  /**
   * With a mapping file.
   *
   * @throws SettingsException if it calls a property or Datastream anything but {@code
   *     Type.attribute}
   */
  AttributeTable(Names names) throws SettingsException {
    this.names = names;
    List<String> mapped = new ArrayList<>(names.properties().values());
    mapped.addAll(names.datastreams().values());
    for (String name : mapped) {
      if (!MAPPED.matcher(name).matches()) {
        throw new SettingsException(
            "in NGSI-LD the mapping file calls a property or Datastream <Type>.<attribute>, such as"
                + " AirQualityObserved.no2, not '"
                + name
                + "'");
      }
    }
  }

  /** All rows, by the name of the ObservedProperty. */
  static Map<String, Attribute> rows() {
    return ROWS;
  }

  /** Where it goes; nothing if neither the table nor the mapping file knows. */
  Optional<Attribute> of(Datastream datastream) {
    Optional<String> mapped = names.of(datastream.id()).or(() -> names.of(datastream.property()));
    if (mapped.isPresent()) {
      String[] parts = mapped.get().split("\\.", 2);
      return Optional.of(
          named(parts[0], parts[1]).orElseGet(() -> Attribute.unknown(parts[0], parts[1])));
    }
    return Optional.ofNullable(ROWS.get(datastream.property().name()));
  }

  /** The row for an attribute of a type. */
  static Optional<Attribute> named(String type, String name) {
    return ROWS.values().stream()
        .filter(row -> row.type().equals(type) && row.name().equals(name))
        .findFirst();
  }

  private static Map<String, Attribute> read() {
    try (InputStream in = AttributeTable.class.getResourceAsStream("attributes.txt")) {
      if (in == null) {
        throw new IllegalStateException("attributes.txt is missing from this jar");
      }
      Map<String, Attribute> rows = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*", -1))
          .forEach(cells -> rows.put(cells[0].strip(), row(cells)));
      return Map.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("attributes.txt cannot be read", e);
    }
  }

  private static Attribute row(String[] cells) {
    String[] type = cells[1].split("/", 2);
    Map<String, String> words = new HashMap<>();
    String last = cells[8].strip();
    if (!last.equals("-")) {
      for (String pair : last.split(",", -1)) {
        String[] both = pair.split("=", 2);
        words.put(both[0], both[1]);
      }
    }
    return new Attribute(
        type[0],
        type[1],
        cells[2],
        Unit.ofCode(cells[3]).orElse(null),
        dashed(cells[4]),
        bound(cells[5], Double.NEGATIVE_INFINITY),
        bound(cells[6], Double.POSITIVE_INFINITY),
        cells[7].equals("-") ? null : new Statistic(cells[7]),
        words);
  }

  private static @Nullable String dashed(String cell) {
    return cell.equals("-") ? null : cell;
  }

  private static double bound(String cell, double none) {
    return cell.equals("-") ? none : Double.parseDouble(cell);
  }
}
