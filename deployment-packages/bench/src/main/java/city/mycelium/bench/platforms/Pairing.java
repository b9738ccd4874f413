package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.Link.Proof;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connector and a dialect that go together, and what can be asked of them.
 *
 * @param connector mqtt, http, coap or file
 * @param dialect its name
 * @param settings of the dialect
 * @param prefix what MQTT topics begin with; {@code {gateway}} stands for the gateway's id
 * @param proof what counts as delivered
 * @param keeping by what the platform knows repeats
 * @param inFlight messages at once, as the dialect's page in docs/ has it
 * @param accepted the status of a message that was taken
 * @param seesLies whether the dialect learns of what was acknowledged and not kept
 * @param mayDuplicate why a repeat can be stored twice; null if it must not be
 * @param faults what makes sense to go wrong
 */
record Pairing(
    String connector,
    String dialect,
    Map<String, String> settings,
    String prefix,
    Proof proof,
    Keeping keeping,
    int inFlight,
    int accepted,
    boolean seesLies,
    @Nullable String mayDuplicate,
    Set<Fault> faults) {

  static final String MQTT = "mqtt";
  static final String HTTP = "http";
  static final String COAP = "coap";
  static final String FILE = "file";

  private static final int MOST_REPORTS = 60;

  Pairing {
    settings = Map.copyOf(settings);
    faults = Set.copyOf(faults);
  }

  /** Whether the platform takes nothing that comes this way, and the dialect has to know it. */
  boolean isNoWayIn() {
    return connector.equals(MQTT) && (dialect.equals("sensorthings") || dialect.equals("ngsi-ld"));
  }

  /** All that the product is said to do, in the order of the report. */
  static List<Pairing> all() {
    String wire = "mycelium/1/{gateway}/bench";
    Map<String, String> kura = Map.of("account", "city");
    String archives = "Kapua archives every message";
    return Stream.of(
            pair(MQTT, "senml-json", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
            pair(MQTT, "senml-cbor", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
            pair(MQTT, "mycelium-block", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
            pair(MQTT, "json", Keeping.IDENTITY).below("city"),
            pair(MQTT, "thingsboard", Keeping.POINT).below("v1/gateway"),
            pair(MQTT, "sparkplug", Keeping.POINT),
            pair(MQTT, "kura", Keeping.APPENDED).with(kura).mayDuplicate(archives),
            pair(MQTT, "kura-json", Keeping.APPENDED).with(kura).mayDuplicate(archives),
            pair(MQTT, "sensorthings", Keeping.APPENDED).seeingLies(Proof.ANSWER).only(Fault.LIE),
            pair(MQTT, "ngsi-ld", Keeping.NEWEST).seeingLies(Proof.ANSWER).only(Fault.LIE),
            pair(HTTP, "senml-json", Keeping.IDENTITY),
            pair(HTTP, "senml-cbor", Keeping.IDENTITY),
            pair(HTTP, "mycelium-block", Keeping.IDENTITY),
            pair(HTTP, "json", Keeping.IDENTITY),
            pair(HTTP, "ngsi-ld", Keeping.NEWEST).oneAtATime().seeingLies(Proof.ANSWER),
            pair(HTTP, "sensorthings", Keeping.APPENDED).answering(201).seeingLies(Proof.ANSWER),
            pair(HTTP, "influx", Keeping.POINT).with(Map.of("db", "city")),
            pair(HTTP, "samen-meten", Keeping.POINT)
                .with(Map.of("group", "city", "setups", "PM10=SDS011,PM2.5=SDS011")),
            pair(HTTP, "sensor-community", Keeping.APPENDED)
                .answering(201)
                .mayDuplicate("it has no place for a time or a name"),
            pair(HTTP, "wow", Keeping.APPENDED)
                .with(Map.of("siteId", "9170000", "siteKey", "123456", "thing", "front-1"))
                .oneAtATime()
                .answering(200)
                .mayDuplicate("nobody says what it does with two reports of one time"),
            pair(COAP, "senml-json", Keeping.IDENTITY),
            pair(COAP, "senml-cbor", Keeping.IDENTITY),
            pair(COAP, "mycelium-block", Keeping.IDENTITY),
            pair(COAP, "json", Keeping.IDENTITY).with(Map.of("shape", "array")),
            pair(FILE, "open-data", Keeping.POINT)
                .only(Fault.NONE, Fault.REFUSE, Fault.RESTART)
                .with(
                    Map.of(
                        "baseUrl", "https://data.example/air/",
                        "title", "Air in the street",
                        "description", "What boxes at house fronts measure.",
                        "publisher", "bench")))
        .map(Terms::agreed)
        .toList();
  }

  private static Terms pair(String connector, String dialect, Keeping keeping) {
    return new Terms(connector, dialect, keeping);
  }

  /** A pairing in the making: the usual terms, and what is different. Not thread-safe. */
  private static final class Terms {
    private final String connector;
    private final String dialect;
    private final Keeping keeping;
    private final Set<Fault> faults = EnumSet.allOf(Fault.class);
    private Map<String, String> settings = Map.of();
    private String prefix = "";
    private Proof proof = Proof.ANSWER;
    private int inFlight = 4;
    private int accepted = 204;
    private boolean seesLies;
    private @Nullable String mayDuplicate;

    Terms(String connector, String dialect, Keeping keeping) {
      this.connector = connector;
      this.dialect = dialect;
      this.keeping = keeping;
      if (connector.equals(MQTT)) {
        faults.remove(Fault.REORDER); // one connection has one order (MQTT 5, 4.6)
      }
    }

    Terms with(Map<String, String> set) {
      settings = set;
      return this;
    }

    Terms below(String topics) {
      prefix = topics;
      return this;
    }

    /** Then nothing can overtake anything. */
    Terms oneAtATime() {
      inFlight = 1;
      faults.remove(Fault.REORDER);
      return this;
    }

    Terms answering(int status) {
      accepted = status;
      return this;
    }

    Terms seeingLies(Proof by) {
      proof = by;
      seesLies = true;
      return this;
    }

    Terms mayDuplicate(String why) {
      mayDuplicate = why;
      return this;
    }

    Terms only(Fault... these) {
      faults.retainAll(List.of(these));
      return this;
    }

    Pairing agreed() {
      return new Pairing(
          connector,
          dialect,
          settings,
          prefix,
          proof,
          keeping,
          inFlight,
          accepted,
          seesLies,
          mayDuplicate,
          faults);
    }
  }

  /** What is not in {@link #all}, and why. */
  static List<String> leftOut() {
    return List.of(
        "mqtt × reorder: one connection has one order (MQTT 5, 4.6); what is sent again after a cut"
            + " comes later, and that is in drop and duplicate",
        "http × ngsi-ld, wow × reorder: one message at a time, as their pages say",
        "mqtt × sensorthings, ngsi-ld, all but lie: there is no way in (docs/connect-sensorthings.md,"
            + " docs/connect-ngsi-ld.md); lie shows that an acknowledgement is not believed",
        "mqtt × influx, samen-meten, sensor-community, wow: these platforms speak HTTP only",
        "http, coap × thingsboard, sparkplug, kura, kura-json: their topics and births are MQTT's",
        "coap × ngsi-ld, sensorthings, influx, samen-meten, sensor-community, wow: the same",
        "file × all but open-data: a folder takes whole files and rows of tables",
        "open-data × drop, delay, duplicate, reorder, hang, lie: there is no line; a row has a name"
            + " and replaces itself");
  }

  /** The sample that the platform has words for; a station reports but every ten minutes. */
  Sample sample(int count, long nowMillis) {
    return dialect.equals("wow")
        ? Sample.station(Math.min(count, MOST_REPORTS), nowMillis)
        : Sample.street(count, nowMillis);
  }
}
