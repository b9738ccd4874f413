package city.mycelium.bench.dialects;

import java.util.Map;

/**
 * What the code cannot say of a dialect by itself, as its page has it.
 *
 * @param page in docs/, from there
 * @param over which connectors it makes sense with
 * @param identity where the identity of an Observation stands; empty if there is no place for it
 * @param repeat what one that is sent again does there
 */
record DialectFacts(String page, String over, String identity, String repeat) {

  private static final DialectFacts UNKNOWN = new DialectFacts("", "?", "?", "?");

  private static final String ANY = "MQTT, HTTP, CoAP";
  private static final String LABELS = "`bn`, `mEpoch`, and `mFrom` + `mO` of each record";
  private static final String OUR_RECEIVER =
      "nothing at our receiver, which knows it; another reader drops it by its identity";

  private static final Map<String, DialectFacts> KNOWN =
      Map.ofEntries(
          Map.entry("senml-json", new DialectFacts("wire.md", ANY, LABELS, OUR_RECEIVER)),
          Map.entry("senml-cbor", new DialectFacts("wire.md", ANY, LABELS, OUR_RECEIVER)),
          Map.entry(
              "mycelium-block",
              new DialectFacts(
                  "wire.md",
                  ANY,
                  "gateway and epoch in the head, offsets in a column",
                  "nothing: our receiver knows it")),
          Map.entry(
              "ngsi-ld",
              new DialectFacts(
                  "connect-ngsi-ld.md",
                  "HTTP",
                  "`observationIdentity` of the attribute (form `normalized`)",
                  "the entity says the same again; a broker's history may keep it")),
          Map.entry(
              "sensorthings",
              new DialectFacts(
                  "connect-sensorthings.md",
                  "HTTP",
                  "`parameters`: `gateway`, `epoch`, `offset`",
                  "not sent: what might be there is asked for first")),
          Map.entry(
              "influx",
              new DialectFacts(
                  "connect-influxdb.md",
                  "HTTP",
                  "tag `gateway`, fields `epoch` and `offset`",
                  "overwrites itself")),
          Map.entry(
              "samen-meten",
              new DialectFacts("connect-samen-meten.md", "HTTP", "", "overwrites itself")),
          Map.entry(
              "sensor-community",
              new DialectFacts(
                  "connect-sensor-community.md",
                  "HTTP",
                  "",
                  "may be there twice, at most `lateSeconds` apart")),
          Map.entry(
              "wow",
              new DialectFacts(
                  "connect-wow.md",
                  "HTTP",
                  "",
                  "is the same report of the same time; what the site makes of it is not"
                      + " documented")),
          Map.entry(
              "thingsboard",
              new DialectFacts("connect-thingsboard.md", "MQTT", "", "overwrites itself")),
          Map.entry(
              "sparkplug",
              new DialectFacts(
                  "connect-sparkplug.md",
                  "MQTT",
                  "properties `epoch` and `offset` of its first metric; the edge node is the gateway",
                  "overwrites itself at a host that stores by metric and timestamp; another can"
                      + " tell it by its identity")),
          Map.entry("kura", kura()),
          Map.entry("kura-json", kura()),
          Map.entry(
              "json",
              new DialectFacts(
                  "connect-json.md",
                  ANY,
                  "`gateway`, `epoch`, `offset`",
                  "comes twice: a reader drops it by its identity")),
          Map.entry(
              "open-data",
              new DialectFacts(
                  "connect-open-data.md",
                  "file",
                  "columns `gateway`, `epoch`, `offset`",
                  "replaces the row of its name")));

  private static DialectFacts kura() {
    return new DialectFacts(
        "connect-kura.md",
        "MQTT",
        "metrics `gateway`, `epoch`, `offset`",
        "is stored twice: a query drops it by its identity");
  }

  /** Of a dialect by its name; question marks if nobody wrote them down here. */
  static DialectFacts of(String name) {
    return KNOWN.getOrDefault(name, UNKNOWN);
  }

  boolean hasIdentity() {
    return !identity.isEmpty();
  }
}
