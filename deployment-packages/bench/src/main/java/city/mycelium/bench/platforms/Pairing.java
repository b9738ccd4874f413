package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.Link.Proof;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final int USUAL_IN_FLIGHT = 4;
  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

  /** One connection has one order (MQTT 5, 4.6). */
  private static final Set<Fault> ON_MQTT = EnumSet.complementOf(EnumSet.of(Fault.REORDER));

  private static final Set<Fault> ON_FILES = EnumSet.of(Fault.NONE, Fault.REFUSE, Fault.RESTART);

  Pairing {
    settings = Map.copyOf(settings);
    faults = Set.copyOf(faults);
  }

  private static Pairing of(String connector, String dialect, Keeping keeping) {
    return new Pairing(
        connector,
        dialect,
        Map.of(),
        "",
        Proof.ANSWER,
        keeping,
        USUAL_IN_FLIGHT,
        204,
        false,
        null,
        connector.equals(MQTT) ? ON_MQTT : connector.equals(FILE) ? ON_FILES : ALL);
  }

  private Pairing with(Map<String, String> set) {
    return new Pairing(
        connector,
        dialect,
        set,
        prefix,
        proof,
        keeping,
        inFlight,
        accepted,
        seesLies,
        mayDuplicate,
        faults);
  }

  private Pairing below(String topics) {
    return new Pairing(
        connector,
        dialect,
        settings,
        topics,
        proof,
        keeping,
        inFlight,
        accepted,
        seesLies,
        mayDuplicate,
        faults);
  }

  private Pairing oneAtATime() {
    return new Pairing(
        connector,
        dialect,
        settings,
        prefix,
        proof,
        keeping,
        1,
        accepted,
        seesLies,
        mayDuplicate,
        faults);
  }

  private Pairing answering(int status) {
    return new Pairing(
        connector,
        dialect,
        settings,
        prefix,
        proof,
        keeping,
        inFlight,
        status,
        seesLies,
        mayDuplicate,
        faults);
  }

  private Pairing seeingLies(Proof by) {
    return new Pairing(
        connector,
        dialect,
        settings,
        prefix,
        by,
        keeping,
        inFlight,
        accepted,
        true,
        mayDuplicate,
        faults);
  }

  private Pairing mayDuplicate(String why) {
    return new Pairing(
        connector, dialect, settings, prefix, proof, keeping, inFlight, accepted, seesLies, why,
        faults);
  }

  private Pairing only(Set<Fault> these) {
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
        these);
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
    return List.of(
        of(MQTT, "senml-json", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
        of(MQTT, "senml-cbor", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
        of(MQTT, "mycelium-block", Keeping.IDENTITY).below(wire).seeingLies(Proof.RECEIVER),
        of(MQTT, "json", Keeping.IDENTITY).below("city"),
        of(MQTT, "thingsboard", Keeping.POINT).below("v1/gateway"),
        of(MQTT, "sparkplug", Keeping.POINT),
        of(MQTT, "kura", Keeping.APPENDED).with(kura).mayDuplicate(archives),
        of(MQTT, "kura-json", Keeping.APPENDED).with(kura).mayDuplicate(archives),
        of(MQTT, "sensorthings", Keeping.APPENDED)
            .seeingLies(Proof.ANSWER)
            .only(EnumSet.of(Fault.LIE)),
        of(MQTT, "ngsi-ld", Keeping.NEWEST).seeingLies(Proof.ANSWER).only(EnumSet.of(Fault.LIE)),
        of(HTTP, "senml-json", Keeping.IDENTITY),
        of(HTTP, "senml-cbor", Keeping.IDENTITY),
        of(HTTP, "mycelium-block", Keeping.IDENTITY),
        of(HTTP, "json", Keeping.IDENTITY),
        of(HTTP, "ngsi-ld", Keeping.NEWEST).oneAtATime().seeingLies(Proof.ANSWER),
        of(HTTP, "sensorthings", Keeping.APPENDED).answering(201).seeingLies(Proof.ANSWER),
        of(HTTP, "influx", Keeping.POINT).with(Map.of("db", "city")),
        of(HTTP, "samen-meten", Keeping.POINT)
            .with(Map.of("group", "city", "setups", "PM10=SDS011,PM2.5=SDS011")),
        of(HTTP, "sensor-community", Keeping.APPENDED)
            .answering(201)
            .mayDuplicate("it has no place for a time or a name"),
        of(HTTP, "wow", Keeping.APPENDED)
            .with(Map.of("siteId", "9170000", "siteKey", "123456", "thing", "front-1"))
            .oneAtATime()
            .answering(200)
            .mayDuplicate("nobody says what it does with two reports of one time"),
        of(COAP, "senml-json", Keeping.IDENTITY),
        of(COAP, "senml-cbor", Keeping.IDENTITY),
        of(COAP, "mycelium-block", Keeping.IDENTITY),
        of(COAP, "json", Keeping.IDENTITY),
        of(FILE, "open-data", Keeping.POINT)
            .with(
                Map.of(
                    "baseUrl", "https://data.example/air/",
                    "title", "Air in the street",
                    "description", "What boxes at house fronts measure.",
                    "publisher", "bench")));
  }

  /** What is not in {@link #all}, and why. */
  static List<String> leftOut() {
    return List.of(
        "mqtt × reorder: one connection has one order (MQTT 5, 4.6); what is sent again after a cut"
            + " comes later, and that is in drop and duplicate",
        "mqtt × sensorthings, ngsi-ld, all but lie: there is no way in (docs/connect-sensorthings.md,"
            + " docs/connect-ngsi-ld.md); lie shows that an acknowledgement is not believed",
        "mqtt × influx, samen-meten, sensor-community, wow: these platforms speak HTTP only",
        "http, coap × thingsboard, sparkplug, kura, kura-json: their topics and births are MQTT's",
        "coap × ngsi-ld, sensorthings, influx, samen-meten, sensor-community, wow: the same",
        "file × all but open-data: a folder takes whole files and rows of tables",
        "open-data × drop, delay, duplicate, reorder, hang, lie: there is no line; a row has a name"
            + " and replaces itself");
  }

  /** The sample that the platform has words for. */
  Sample sample(int count, long nowMillis) {
    return dialect.equals("wow")
        ? Sample.station(count, nowMillis)
        : Sample.street(count, nowMillis);
  }
}
