package city.mycelium.dialect.ngsild.internal;

import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an ObservedProperty goes: one row of {@code attributes.txt}, or what a mapping file names.
 *
 * @param model the data model's name in its terms' IRIs; empty for one that we do not know
 * @param type of the entity
 * @param name of the attribute
 * @param unit in which numbers are sent; null: in the Datastream's own
 * @param unitCode UN/CEFACT Recommendation 20; null if there is none
 * @param least the schema's minimum, in that unit
 * @param most the schema's maximum
 * @param statistic what stands for a window; null if nothing does
 * @param words ours and the schema's; empty: any word
 */
record Attribute(
    String model,
    String type,
    String name,
    @Nullable Unit unit,
    @Nullable String unitCode,
    double least,
    double most,
    @Nullable Statistic statistic,
    Map<String, String> words) {

  Attribute {
    words = Map.copyOf(words);
  }

  /** One that only a mapping file names: everything goes as it is. */
  static Attribute unknown(String type, String name) {
    return new Attribute(
        "",
        type,
        name,
        null,
        null,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Statistic.MEAN,
        Map.of());
  }
}
