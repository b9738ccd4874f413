package city.mycelium.bench.dialects;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every dialect: what it is, what a repeat does, and what an observation takes in it. */
public final class DialectTable {

  /** A dialect, and what is known of it. */
  record Row(DialectKind kind, DialectFacts facts, Weight weight, Set<String> hears) {

    String name() {
      return "`" + kind.name() + "`";
    }

    String linked() {
      return facts.page().isEmpty() ? name() : "[" + name() + "](" + facts.page() + ")";
    }
  }

  private final List<Row> rows = new ArrayList<>();

  private DialectTable() {}

  /** Measures bytes; takes some seconds, and comes to the same each time. */
  public static DialectTable ofAll() {
    DialectTable table = new DialectTable();
    for (DialectKind kind : Kinds.all().values()) {
      Setup setup = Setup.of(kind);
      table.rows.add(
          new Row(kind, DialectFacts.of(kind.name()), Weight.of(setup), hears(setup.dialect())));
    }
    return table;
  }

  /** With every proof that there is: some listen only for acknowledgements. */
  private static Set<String> hears(Dialect dialect) {
    Set<String> channels = new TreeSet<>();
    for (Link.Proof proof : Link.Proof.values()) {
      Link link = new Link(City.GATEWAY, City.EPOCH, List.of(), "city", proof);
      channels.addAll(dialect.inboundChannels(link));
    }
    return channels;
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** The page, as docs/dialects.md has it. */
  public String markdown() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Every dialect, and what it takes on the wire

        Printed by `./mycelium bench platforms --table`; do not edit. How fast each writes depends on the machine: [measured.md](measured.md).

        ## What they are

        `./mycelium encode --dialect NAME` shows what is sent ([encode.md](encode.md)), and `decode` reads all of it back. *Listens to*: channels on which the platform may answer or ask by itself.

        | dialect | what it is | over | media type | listens to |
        |---|---|---|---|---|
        """);
    for (Row row : rows) {
      page.append(
          String.format(
              "| %s | %s | %s | %s | %s |%n",
              row.linked(),
              row.kind().title(),
              row.facts().over(),
              row.weight().mediaTypes().stream()
                  .map(type -> "`" + type + "`")
                  .collect(Collectors.joining(", ")),
              row.hears().stream()
                  .map(channel -> "`" + channel.replace(City.GATEWAY.value(), "{gateway}") + "`")
                  .collect(Collectors.joining(", "))));
    }
    page.append(
        """

        ## Identity, and repeats

        Whatever nobody confirmed is sent again. An Observation's one name is gateway, epoch and offset; it goes along where the platform has a place for it.

        | dialect | where the identity stands | one that is sent again |
        |---|---|---|
        """);
    for (Row row : rows) {
      page.append(
          String.format(
              "| %s | %s | %s |%n",
              row.name(),
              row.facts().hasIdentity() ? row.facts().identity() : "no place for it",
              row.facts().repeat()));
    }
    page.append(
        String.format(
            Locale.ROOT,
            """

            ## Bytes per observation

            %d observations per message, as a Destination sends them by default, in a conversation that has been going on for a while: of one gateway's share of an invented city (four kits of six
            quantities, a noise meter, a road, parking bays, bins, a ditch, a lamp, a charge pole, a bike; raw values and means of ten minutes and of an hour), what the dialect has words for.
            *Beside it*: channel and headers, that is topic or path below the connector's own. *In gzip*: as the HTTP connector sends payloads of 1,000 bytes and more. TCP, TLS, HTTP's and MQTT's own bytes are not in it.

            | dialect | payload | beside it | payload in gzip |
            |---|---|---|---|
            """,
            Speech.BATCH));
    for (Row row : rows) {
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %s |%n",
              row.name(),
              row.weight().payloadEach(),
              row.weight().besideEach(),
              row.facts().over().contains("HTTP")
                  ? String.format(Locale.ROOT, "%.1f", row.weight().zippedEach())
                  : "–"));
    }
    return page.toString();
  }
}
