package city.mycelium.receiver.internal.http;

import static city.mycelium.receiver.Samples.CITY;
import static city.mycelium.receiver.Samples.GATEWAY;
import static city.mycelium.receiver.Samples.NOON;
import static city.mycelium.receiver.Samples.TEMPERATURE;
import static city.mycelium.receiver.Samples.arrives;
import static city.mycelium.receiver.Samples.introduction;
import static city.mycelium.receiver.Samples.pack;
import static city.mycelium.receiver.Samples.packOf;
import static city.mycelium.receiver.Samples.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;
import city.mycelium.api.observation.Statistic;
import city.mycelium.receiver.internal.Tally;
import city.mycelium.receiver.internal.intake.Presence;
import city.mycelium.receiver.internal.query.Archive;
import city.mycelium.receiver.internal.store.Arrival;
import city.mycelium.receiver.internal.store.Database;
import city.mycelium.receiver.internal.store.JdbcStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API as a client sees it, with a real database behind it. */
class HttpApiTest {

  private static final String SERIES =
      "/v1/series?gateway=" + GATEWAY + "&datastream=" + TEMPERATURE;

  @TempDir private Path folder;

  private final Tally tally = new Tally();
  private final HttpClient client = HttpClient.newHttpClient();
  private JdbcStore store;
  private HttpApi api;

  @BeforeEach
  void start() throws Exception {
    Database database = Database.at(folder.resolve("city.db").toString());
    store = JdbcStore.open(database);
    api =
        HttpApi.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Archive(database),
            new Presence(),
            tally);
  }

  @AfterEach
  void stop() {
    api.close();
    store.close();
  }

  @Test
  void everyShapeOfResultLooksLikeWhatItIs() throws Exception {
    hold(
        arrives(
            packOf(
                1,
                new Measurement(12.5),
                new Truth(true),
                new Text("a \"quoted\" word"),
                new Category("occupied"),
                new Counter(9_007_199_254_740_993L),
                new Position(52.5125, 6.0944, 3.0))));

    assertThat(get(SERIES).body())
        .contains(
            "\"result\":12.5",
            "\"result\":true",
            "\"result\":\"a \\\"quoted\\\" word\"",
            "\"result\":\"occupied\"",
            "\"result\":9007199254740993",
            "\"result\":{\"type\":\"Point\",\"coordinates\":[6.0944,52.5125,3.0]}");
  }

  @Test
  void anObservationSaysWhenWhatAndWhence() throws Exception {
    hold(arrives(pack(1, 1)));

    assertThat(get(SERIES).body())
        .isEqualTo(
            "{\"observations\":[{\"property\":\"air-temperature\",\"unit\":\"Cel\","
                + "\"phenomenonTime\":\"2026-11-23T12:00:01Z\",\"kind\":\"number\",\"result\":0.01,"
                + "\"quality\":\"good\",\"receivedAt\":\"2026-11-23T12:00:01.040Z\","
                + "\"epoch\":\"00c0ffee00c0ffee\",\"offset\":1}]}\n");
  }

  @Test
  void aSummaryShowsItsWindowAndItsFigures() throws Exception {
    hold(arrives(summary(1, 20, 2)));

    assertThat(get("/v1/datastreams/latest").body())
        .contains(
            "\"phenomenonTime\":\"2026-11-23T11:50:00Z/2026-11-23T12:00:00Z\"",
            "\"result\":{\"count\":580,\"expected\":600,\"min\":19.0,\"mean\":20.0,\"max\":21.0,"
                + "\"valid\":true,\"revision\":2}");
  }

  /** The bay was occupied for a quarter of the hour, as far as is known; too little is. */
  @Test
  void aSummaryShowsItsStatisticsByNameAndThatItIsInvalid() throws Exception {
    Summary summary =
        new Summary(
            0,
            4,
            new TreeMap<>(Map.of(Statistic.OCCUPANCY, 0.25, Statistic.STAY_MEAN, 412.5)),
            false,
            1);
    hold(arrives(packOf(1, summary)));

    assertThat(get(SERIES).body())
        .contains(
            "\"result\":{\"count\":0,\"expected\":4,\"occupancy\":0.25,\"stay-mean\":412.5,"
                + "\"valid\":false,\"revision\":1}");
    assertThat(get(SERIES + "&format=csv").body())
        .contains(",summary,,0,4,,,1,false,\"{\"\"occupancy\"\":0.25,\"\"stay-mean\"\":412.5}\",");
  }

  /** RFC 4180, 2: CRLF, and quotes around a field with a comma, a quote or a line break. */
  @Test
  void csvQuotesWhatMustBeQuoted() throws Exception {
    hold(
        arrives(packOf(1, new Text("one, \"two\"\nthree"), new Position(52.5, 6.25, null))),
        arrives(pack(3, 3)));

    HttpResponse<String> csv = get(SERIES + "&format=csv");

    assertThat(csv.headers().firstValue("Content-Type"))
        .contains("text/csv; charset=utf-8; header=present");
    assertThat(csv.body().split("\r\n"))
        .hasSize(4)
        .satisfies(
            lines -> {
              assertThat(lines[0])
                  .isEqualTo(
                      "gateway,datastream,property,unit,from,to,receivedAt,quality,kind,result,"
                          + "count,expected,min,max,revision,valid,statistics,epoch,offset");
              assertThat(lines[1]).contains(",text,\"one, \"\"two\"\"\nthree\",,,,,,");
              assertThat(lines[2]).contains(",position,\"52.5,6.25\",,,,,,");
              assertThat(lines[3])
                  .isEqualTo(
                      GATEWAY
                          + ",paddenstoel.123/T,air-temperature,Cel,2026-11-23T12:00:03Z,"
                          + "2026-11-23T12:00:03Z,2026-11-23T12:00:03.040Z,good,number,0.03,"
                          + ",,,,,,,00c0ffee00c0ffee,3");
            });
  }

  @Test
  void aLongSeriesIsFollowedFromLinkToLink() throws Exception {
    hold(arrives(pack(1, 25)));

    StringBuilder all = new StringBuilder();
    String next = SERIES + "&limit=10&format=csv&from=2026-11-23T13:00:03%2B01:00";
    int pages = 0;
    while (next != null) {
      HttpResponse<String> page = get(next);
      all.append(page.body());
      String link = page.headers().firstValue("Link").orElse(null);
      next = link == null ? null : link.substring(1, link.indexOf('>'));
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(all.toString().lines().filter(line -> line.endsWith(",3")).count()).isEqualTo(1);
    assertThat(all.toString().lines().filter(line -> !line.startsWith("gateway,"))).hasSize(23);
  }

  @Test
  void jsonHasTheSameLinkInItsBody() throws Exception {
    hold(arrives(pack(1, 25)));

    HttpResponse<String> first = get(SERIES + "&limit=24");
    assertThat(first.body()).contains("\"next\":\"/v1/series?gateway=");
    // Control: a page that holds all has none.
    assertThat(get(SERIES + "&limit=25").body()).doesNotContain("\"next\"");
  }

  @Test
  void datastreamsSayWhatTheirNumbersMean() throws Exception {
    hold(arrives(introduction(null)));

    assertThat(get("/v1/datastreams?gateway=" + GATEWAY).body())
        .isEqualTo(
            "{\"datastreams\":[{\"gateway\":\""
                + GATEWAY
                + "\",\"datastream\":\"paddenstoel.123/T\",\"property\":\"air-temperature\","
                + "\"unit\":\"Cel\","
                + "\"definition\":\"http://vocab.nerc.ac.uk/standard_name/air_temperature/\","
                + "\"thing\":\"house.7\",\"samplingPeriod\":\"PT1S\"}]}\n");
    assertThat(get("/v1/datastreams?gateway=another").body()).isEqualTo("{\"datastreams\":[]}\n");
  }

  /** RFC 7946: longitude comes first, and a Thing without a place has a null geometry. */
  @Test
  void thingsAreGeoJson() throws Exception {
    hold(arrives(introduction(new Position(52.5125, 6.0944, null))));

    HttpResponse<String> things = get("/v1/things");
    assertThat(things.headers().firstValue("Content-Type")).contains("application/geo+json");
    assertThat(things.body())
        .isEqualTo(
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\""
                + GATEWAY
                + "/house.7\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[6.0944,52.5125]},"
                + "\"properties\":{\"name\":\"Invented Street 7\",\"gateway\":\""
                + GATEWAY
                + "\",\"thing\":\"house.7\",\"datastreams\":[\"paddenstoel.123/T\"]}}]}\n");

    hold(arrives(introduction(null)));
    assertThat(get("/v1/things").body()).contains("\"geometry\":null");
  }

  @Test
  void gatewaysSayWhatIsHeldAndWhatIsMissing() throws Exception {
    hold(arrives(pack(1, 10)), arrives(pack(14, 20)));
    hold(arrives(pack(5, 6)));

    assertThat(get("/v1/gateways").body())
        .isEqualTo(
            "{\"gateways\":[{\"gateway\":\""
                + GATEWAY
                + "\",\"online\":null,\"epochs\":[{\"epoch\":\"00c0ffee00c0ffee\",\"stored\":17,"
                + "\"duplicatesDropped\":2,\"destinations\":[{\"destination\":\"city\","
                + "\"online\":null,\"contiguous\":10,\"above\":[[14,20]],\"gaps\":3,"
                + "\"dropped\":0}]}]}]}\n");
    assertThat(get("/v1/gateways?audit=true").body())
        .contains("\"counted\":17,\"duplicatesStored\":0");
  }

  @Test
  void theLedgerIsTheReceiversHalf() throws Exception {
    hold(arrives(pack(1, 10)), arrives(pack(14, 20)));
    hold(arrives(pack(5, 6)));

    assertThat(get("/v1/gateways/" + GATEWAY + "/ledger").body())
        .isEqualTo(
            "{\"gateway\":\""
                + GATEWAY
                + "\",\"epochs\":[{\"epoch\":\"00c0ffee00c0ffee\",\"predecessors\":[],\"stored\":17,"
                + "\"duplicatesDropped\":2,\"destinations\":[{\"destination\":\"city\","
                + "\"covered\":17,\"contiguous\":10,\"gaps\":3,\"dropped\":0,\"refused\":0,"
                + "\"messagesRefused\":0}],\"datastreams\":[{\"datastream\":"
                + "\"paddenstoel.123/T\",\"stored\":17,\"inherited\":0}]}]}\n");
  }

  @Test
  void refusalsShowWhatWasSentAndWhy() throws Exception {
    hold(
        new Arrival.Unacceptable(
            CITY,
            pack(1, 3).coverage(),
            "no such unit",
            Arrival.Sample.of("application/senml+json", "[{}]".getBytes(UTF_8), NOON)));

    assertThat(get("/v1/gateways/" + GATEWAY + "/refusals").body())
        .isEqualTo(
            "{\"refusals\":[{\"epoch\":\"00c0ffee00c0ffee\",\"destination\":\"city\",\"from\":1,"
                + "\"to\":3,\"why\":\"no such unit\",\"times\":1,"
                + "\"firstAt\":\"2026-11-23T12:00:00Z\",\"lastAt\":\"2026-11-23T12:00:00Z\","
                + "\"mediaType\":\"application/senml+json\",\"bytes\":4,\"head\":\"W3t9XQ==\"}]}\n");
  }

  @Test
  void healthIsGoodOnlyWhenDataComesInAndIsStored() throws Exception {
    tally.brokerTrouble("connection refused");
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health").body()).contains("\"broker\":\"connection refused\"");

    tally.brokerTrouble(null);
    assertThat(get("/health").statusCode()).isEqualTo(200);

    tally.databaseTrouble("disk full");
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health").body()).contains("\"database\":\"disk full\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/                                                  | 404 | /v1/series",
        "/v1/seriesandmore                                  | 404 | nothing at this path",
        "/v1/series                                         | 400 | 'gateway' is needed",
        "/v1/series?gateway=g                               | 400 | 'datastream' is needed",
        "/v1/series?gateway=g&datastream=d                  | 404 | has no datastream 'd'",
        "/v1/series?gateway=g&datastream=d&from=yesterday   | 400 | 2026-11-23T12:00:00Z",
        "/v1/series?gateway=g&datastream=d&format=xml       | 400 | json, csv",
        "/v1/series?gateway=g&datastream=d&limit=0          | 400 | 1 to 10000",
        "/v1/series?gateway=g&datastream=d&limit=99999999999| 400 | 1 to 10000",
        "/v1/series?gateway=g&datastream=d&after=1          | 400 | 'next' link",
        "/v1/series?gateway=g&gateway=h&datastream=d        | 400 | twice",
        "/v1/series?gateway=g&datastream=%25zz              | 404 | %zz",
        "/v1/datastreams?colour=red                         | 400 | no parameter 'colour'",
        "/v1/gateways?audit=maybe                           | 400 | false, true",
        "/v1/gateways/g/ledger                              | 404 | was ever received",
        "/v1/gateways/g/nonsense                            | 404 | <gateway>/ledger",
        "/v1/things?gateway                                 | 400 | name=value"
      })
  void saysWhatIsWrongWithARequest(String path, int status, String words) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).startsWith("{\"error\":\"").contains(words);
  }

  @Test
  void fromMustNotBeAfterTo() throws Exception {
    assertThat(get(SERIES + "&from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z").statusCode())
        .isEqualTo(400);
  }

  @Test
  void canOnlyBeRead() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE")) {
      HttpResponse<String> answer =
          client.send(
              request("/v1/things").method(method, HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
    // Control: HEAD is reading, and has no body.
    HttpResponse<String> head =
        client.send(
            request("/v1/things").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  private void hold(Arrival... arrivals) throws Exception {
    store.commit(List.of(arrivals));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api.address() + path.substring(1)));
  }
}
