package city.mycelium.dialect.ngsild.internal;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the terms mean (JSON-LD 1.1, 3.1): those of the smart data models by the IRIs in their
 * context.jsonld files, and our own. What is not here is in the core context (ETSI GS CIM 009,
 * Annex B).
 */
final class Terms {

  static final String CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";

  static final String IDENTITY = "observationIdentity";
  static final String QUALITY = "quality";
  static final String INTERVAL = "phenomenonInterval";
  static final String PERIOD = "aggregationPeriod";
  static final String STATISTIC = "statistic";
  static final String STATISTICS = "statistics";
  static final String COUNT = "count";
  static final String EXPECTED = "expected";
  static final String VALID = "valid";
  static final String REVISION = "revision";

  static final Set<String> OWN =
      Set.of(
          IDENTITY,
          QUALITY,
          INTERVAL,
          PERIOD,
          STATISTIC,
          STATISTICS,
          COUNT,
          EXPECTED,
          VALID,
          REVISION);

  private static final String MODELS = "https://smartdatamodels.org/";
  private static final String OURS = "urn:mycelium:term:";

  /** In the core context, and protected there (JSON-LD 1.1, 4.1.11): not to be defined anew. */
  private static final Set<String> CORE_TERMS = Set.of("location", "status", "name", "description");

  /** The same in all models. */
  private static final Set<String> COMMON = Set.of("dateObserved", "timeInstant");

  private static final Map<String, String> TIMES =
      Map.of(
          "ParkingSpot", "timeInstant",
          "WasteContainer", "timeInstant",
          "OnStreetParking", "observationDateTime",
          "Streetlight", "observationDateTime",
          "EVChargingStation", "observationDateTime");

  private static final Set<String> WITH_INTERVAL =
      Set.of("NoiseLevelObserved", "TrafficFlowObserved", "WaterObserved");

  private Terms() {}

  /** What an entity of this type calls the time of its newest value. */
  static String time(String type) {
    return TIMES.getOrDefault(type, "dateObserved");
  }

  /** Whether it also has dateObservedFrom and dateObservedTo. */
  static boolean hasInterval(String type) {
    return WITH_INTERVAL.contains(type);
  }

  /** Whether an attribute is about the entity's time, not something observed. */
  static boolean isTime(String name) {
    return name.startsWith("dateObserved") || TIMES.containsValue(name);
  }

  /** The terms of one entity, by name. */
  static SortedMap<String, String> of(String model, String type, Set<String> attributes) {
    SortedMap<String, String> terms = new TreeMap<>();
    if (!model.isEmpty()) {
      String prefix = MODELS + "dataModel." + model + "/";
      terms.put(type, prefix + type);
      for (String name : attributes) {
        if (!CORE_TERMS.contains(name)) {
          terms.put(name, COMMON.contains(name) ? MODELS + name : prefix + name);
        }
      }
    }
    OWN.forEach(name -> terms.put(name, OURS + name));
    return terms;
  }
}
