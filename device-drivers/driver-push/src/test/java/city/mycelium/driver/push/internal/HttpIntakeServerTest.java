package city.mycelium.driver.push.internal;

import static city.mycelium.driver.push.internal.Gateway.SOON;
import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Urgency;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIntakeServerTest {

  private static final String LINE = "paddenstoel,id=123 Temp=12.5,PM25=8.1";

  @Nested
  class Lines {

    @Test
    void areAnswered204WhenTheyAreSafe() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer =
            gateway.post(
                "/write?db=x&u=kit&p=kit",
                LINE,
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(gateway.intake.kept())
            .containsExactly("paddenstoel.123/Temp=12.5", "paddenstoel.123/PM25=8.1");
        assertThat(gateway.intake.lastUrgency()).isEqualTo(Urgency.ACKNOWLEDGED);
      }
    }

    /** Success is said when the medium has it, not when somebody has promised to write it. */
    @Test
    void areNotAnsweredBeforeTheyAreSafe() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.hesitate();
        CompletableFuture<HttpResponse<String>> answer = gateway.writing(LINE);
        await("the line is handed over", () -> gateway.intake.waiting() == 1, SOON);
        assertThat(answer).isNotDone();
        gateway.intake.work();
        assertThat(answer.join().statusCode()).isEqualTo(204);
      }
    }

    @Test
    void ofEveryShapeAreHeardInOneBody() {
      try (Gateway gateway = Gateway.open()) {
        String body = String.join("\n", Kits.LINES.stream().map(Kits::body).toList());
        assertThat(gateway.write(body).statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept())
            .contains(
                "paddenstoel.123/NO2=21.7",
                "paddenstoel.124/PM25=8.1",
                "m_senshagen.7/P=101320.0",
                "m_senshagen.7/PM10-meetopstelling=Text[value=SDS011]",
                "airrohr.esp8266-1234567/SDS_P1=24.1");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/write", "/write/", "/api/v2/write?org=x&bucket=y&precision=s"})
    void areHeardWhereInfluxClientsWrite(String path) {
      try (Gateway gateway = Gateway.open()) {
        assertThat(gateway.post(path, LINE).statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).hasSize(2);
      }
    }

    @Test
    void thatAreBadAreNamedAndCostNoGoodOne() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer =
            gateway.write(
                "paddenstoel,id=1 PM10=5\npaddenstoel,id=2 PM10=\npaddenstoel,id=3 PM10=7");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
            .isEqualTo("{\"error\":\"partial write: line 2: missing field value dropped=1\"}\n");
        assertThat(gateway.intake.kept())
            .containsExactly("paddenstoel.1/PM10=5.0", "paddenstoel.3/PM10=7.0");
      }
    }

    @Test
    void thatAreBadForVariousReasonsAreAllNamed() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.contradict("paddenstoel.4/PM10", "was in another unit so far");
        HttpResponse<String> answer =
            gateway.write(
                "# kits\nhost=a load=1\npaddenstoel,id=2 PM10=\"x\"\npaddenstoel,id=3 PM10=5 17\n"
                    + "paddenstoel,id=4 PM10=5\npaddenstoel,id=5 PM10=6");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
            .contains("line 2: neither a tag 'id' nor a tag 'node'")
            .contains("line 3: field PM10 must be a number")
            .contains("line 4: the time lies before the year 2000")
            .contains("line 5: was in another unit so far")
            .endsWith("dropped=4\"}\n");
        assertThat(gateway.intake.kept()).containsExactly("paddenstoel.5/PM10=6.0");
      }
    }

    @Test
    void thatAreBadByTheDozenGetAShortAnswer() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.write("bad\n".repeat(1_000));
        assertThat(answer.body()).hasSizeLessThan(1_000).contains("990 more lines");
        assertThat(answer.body()).contains("dropped=1000");
      }
    }

    @Test
    void withoutAnyResultAreNoError() {
      try (Gateway gateway = Gateway.open()) {
        assertThat(gateway.write("paddenstoel,id=1 Hum=-1.00,SMPLS=4").statusCode()).isEqualTo(204);
        assertThat(gateway.write("").statusCode()).isEqualTo(204);
        assertThat(gateway.write("# nothing\n\n").statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).isEmpty();
      }
    }

    @Test
    void needAPrecisionThatInfluxKnows() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.post("/write?precision=d", LINE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":\"invalid precision");
        assertThat(gateway.intake.kept()).isEmpty();
      }
    }

    /** Telegraf and its kin pack what they send. */
    @Test
    void mayBePacked() throws IOException {
      try (Gateway gateway = Gateway.open()) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(LINE.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(
                gateway
                    .send(
                        gateway
                            .request("/write")
                            .header("Content-Encoding", "gzip")
                            .POST(BodyPublishers.ofByteArray(packed.toByteArray())))
                    .statusCode())
            .isEqualTo(204);
        assertThat(gateway.intake.kept()).hasSize(2);
        assertThat(gateway.post("/write", LINE, "Content-Encoding", "gzip").statusCode())
            .isEqualTo(400);
      }
    }

    /** Some kits write their µ in one byte. */
    @Test
    void mayBeInLatin1() {
      try (Gateway gateway = Gateway.open()) {
        String line = "g,id=1 PM10=5,PM10-eenheid=\"\u00b5g/m\u00b3\"";
        HttpResponse<String> answer =
            gateway.send(
                gateway
                    .request("/write")
                    .POST(BodyPublishers.ofByteArray(line.getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).containsExactly("g.1/PM10=5.0");
      }
    }

    @Test
    void sayWhichSensorMeasuresOnlyWhenThatIsNews() {
      try (Gateway gateway = Gateway.open()) {
        String line = "m_g,id=1 PM10=%s,PM10-eenheid=\"ug/m3\",PM10-meetopstelling=\"%s\"";
        gateway.write(String.format(line, "5", "SDS011"));
        gateway.write(String.format(line, "6", "SDS011"));
        gateway.write(String.format(line, "7", "SPS30"));
        assertThat(gateway.intake.kept())
            .containsExactly(
                "m_g.1/PM10=5.0",
                "m_g.1/PM10-meetopstelling=Text[value=SDS011]",
                "m_g.1/PM10=6.0",
                "m_g.1/PM10=7.0",
                "m_g.1/PM10-meetopstelling=Text[value=SPS30]");
      }
    }

    /** A sensor's name that was not kept is still to be told. */
    @Test
    void sayWhichSensorMeasuresAgainIfItWasNotKept() {
      try (Gateway gateway = Gateway.open()) {
        String line = "m_g,id=1 PM10=%s,PM10-eenheid=\"ug/m3\",PM10-meetopstelling=\"SDS011\"";
        gateway.intake.fail(IntakeException.Reason.STORAGE, "the disk is full");
        assertThat(gateway.write(String.format(line, "5")).statusCode()).isEqualTo(503);
        gateway.intake.work();
        assertThat(gateway.write(String.format(line, "6")).statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept())
            .containsExactly("m_g.1/PM10=6.0", "m_g.1/PM10-meetopstelling=Text[value=SDS011]");
      }
    }
  }

  @Nested
  class AirRohr {

    private static final String NODE = "esp8266-1234567";

    @ParameterizedTest
    @ValueSource(strings = {"/data.php", "/api/airrohr", "/api/airrohr/"})
    void isHeardAtItsOwnApi(String path) {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.post(path, Kits.body("airrohr-own-api.json"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(gateway.intake.kept())
            .contains("airrohr.esp8266-1234567/SDS_P1=24.1")
            .hasSize(12);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/push-sensor-data/", "/v1/push-sensor-data"})
    void isHeardAsSensorCommunityWouldHearIt(String path) {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer =
            gateway.post(
                path, Kits.body("airrohr-push-bme280.json"), "X-Sensor", NODE, "X-PIN", "11");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(gateway.intake.kept())
            .containsExactly(
                "airrohr.esp8266-1234567/BME280_temperature=10.8",
                "airrohr.esp8266-1234567/BME280_pressure=101325.25",
                "airrohr.esp8266-1234567/BME280_humidity=64.5");
      }
    }

    @Test
    void losesOnlyTheValueThatIsBad() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer =
            gateway.post(
                "/data.php", Kits.body("airrohr-own-api.json").replace("\"24.10\"", "\"many\""));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("value SDS_P1 must be a number");
        assertThat(gateway.intake.kept()).hasSize(11);
      }
    }

    @Test
    void isToldWhatTheGatewayRefuses() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.contradict(
            "airrohr.esp8266-1234567/SDS_P1", "has been in another unit so far");
        HttpResponse<String> answer = gateway.post("/data.php", Kits.body("airrohr-own-api.json"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("has been in another unit so far");
        assertThat(gateway.intake.kept()).hasSize(11);
      }
    }

    @Test
    void isToldWhyItsBodyMeansNothing() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.post("/data.php", "{\"sensordatavalues\":");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("no JSON").contains("nothing is kept");
      }
    }
  }

  @Nested
  class Repeats {

    @Test
    void areAnsweredAsSuccessAndNotCountedTwice() {
      try (Gateway gateway = Gateway.open()) {
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
        gateway.clock.leap(Duration.ofSeconds(25));
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).hasSize(2);
        assertThat(gateway.intake.repeated()).isEqualTo(2);
      }
    }

    /** The pipeline keeps the time of the first one; the driver says how long it counts. */
    @Test
    void areNewsAPeriodLater() {
      try (Gateway gateway = Gateway.open()) {
        gateway.write(LINE);
        assertThat(gateway.intake.repeatsWithin())
            .containsExactly(
                Optional.of(Duration.ofSeconds(108)), Optional.of(Duration.ofSeconds(108)));
      }
    }

    /** The kit goes on trying with one body while the disk is full; then it is kept once. */
    @Test
    void ofWhatWasNotKeptAreKept() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.fail(IntakeException.Reason.STORAGE, "the disk is full");
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(503);
        gateway.clock.leap(Duration.ofSeconds(20));
        gateway.intake.work();
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).hasSize(2);
      }
    }

    /** A body of which only one line was bad may be sent again whole. */
    @Test
    void ofAMixedBodyCountOnlyWhatIsNew() {
      try (Gateway gateway = Gateway.open()) {
        gateway.write("g,id=1 PM10=5 1790000000000000000\ng,id=2 PM10=");
        gateway.clock.leap(Duration.ofHours(5));
        HttpResponse<String> answer =
            gateway.write("g,id=1 PM10=5 1790000000000000000\ng,id=2 PM10=6 1790000000000000000");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept()).containsExactly("g.1/PM10=5.0", "g.2/PM10=6.0");
      }
    }

    @Test
    void areRecognisedAfterARestart() {
      Gateway.Setup setup = new Gateway.Setup();
      try (Gateway gateway = setup.open()) {
        gateway.write(LINE);
        // What a restart leaves: the intake and its keys, and the wall clock.
        try (HttpIntakeServer restarted =
            new HttpIntakeServer(
                setup.settings(), gateway.intake, gateway.clock, gateway.scheduler)) {
          gateway.clock.leap(Duration.ofSeconds(4));
          restarted.open();
          HttpResponse<String> answer =
              gateway.send(
                  HttpRequest.newBuilder(restarted.address().orElseThrow().resolve("/write"))
                      .POST(BodyPublishers.ofString(LINE)));
          assertThat(answer.statusCode()).isEqualTo(204);
          assertThat(gateway.intake.kept()).hasSize(2);
        }
      }
    }
  }

  @Nested
  class Trouble {

    @ParameterizedTest
    @CsvSource({"STORAGE, 60", "BUSY, 10", "STOPPING, 10"})
    void ofTheJournalIsAnswered503WithWords(IntakeException.Reason reason, String retryAfter) {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.fail(reason, "the disk is full");
        HttpResponse<String> answer = gateway.write(LINE);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains(retryAfter);
        assertThat(answer.body()).contains("the disk is full").contains("Send it again");
      }
    }

    /** Good lines and bad: the whole body must come again, so that is what is said. */
    @Test
    void ofTheJournalWeighsMoreThanABadLine() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.fail(IntakeException.Reason.STORAGE, "the disk is full");
        assertThat(gateway.write(LINE + "\nbad").statusCode()).isEqualTo(503);
      }
    }

    @Test
    void ofAJournalThatHangsEndsBeforeTheKitGivesUp() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.hesitate();
        CompletableFuture<HttpResponse<String>> answer = gateway.writing(LINE);
        await("the line is handed over", () -> gateway.intake.waiting() == 1, SOON);
        await("its end is watched", () -> gateway.scheduler.waiting() == 1, SOON);
        gateway.scheduler.pass(Gateway.ANSWER_WITHIN);
        assertThat(answer.join().statusCode()).isEqualTo(503);
        gateway.intake.work(); // it was kept after all
        gateway.write(LINE);
        assertThat(gateway.intake.kept()).hasSize(2);
      }
    }

    /** A defect is ours: said once in the log, and the next request is served. */
    @Test
    void ofOurOwnMakingCostsOneRequest() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.failWith(new IllegalStateException("a defect"));
        HttpResponse<String> answer = gateway.write(LINE);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("a defect");
        gateway.intake.work();
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
      }
    }
  }

  @Nested
  class Manners {

    @Test
    void answerAPing() {
      try (Gateway gateway = Gateway.open()) {
        for (String method : List.of("GET", "HEAD")) {
          HttpResponse<String> answer =
              gateway.send(gateway.request("/ping").method(method, BodyPublishers.noBody()));
          assertThat(answer.statusCode()).isEqualTo(204);
          assertThat(answer.headers().firstValue("X-Influxdb-Version")).isPresent();
        }
        assertThat(gateway.send(gateway.request("/ping?verbose=true").GET()).body())
            .contains("\"version\"");
      }
    }

    @Test
    void letClientsCreateTheirDatabase() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer =
            gateway.post("/query?q=CREATE+DATABASE+%22paddenstoel%22", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"statement_id\":0");
        assertThat(gateway.post("/query", "q=create%20database%20x%3B").statusCode())
            .isEqualTo(200);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "SELECT+*+FROM+x",
          "DROP+DATABASE+x",
          "CREATE+DATABASE+x%3BDROP+DATABASE+y",
          "",
        })
    void answerNoOtherQuery(String query) {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.post("/query?q=" + query, "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":");
      }
    }

    @Test
    void sayWhereKitsPostTo() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.post("/elsewhere", LINE);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/write");
      }
    }

    @Test
    void sayWhichMethodIsMeant() {
      try (Gateway gateway = Gateway.open()) {
        HttpResponse<String> answer = gateway.send(gateway.request("/write").GET());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
      }
    }
  }

  @Nested
  class Limits {

    @Test
    void ofTheBodyAreKeptToTheByte() {
      Gateway.Setup setup = new Gateway.Setup();
      setup.maxBodyBytes = 100;
      try (Gateway gateway = setup.open()) {
        String hundred = "#".repeat(99 - LINE.length()) + "\n" + LINE;
        assertThat(hundred).hasSize(100);
        assertThat(gateway.write(hundred).statusCode()).isEqualTo(204);
        HttpResponse<String> answer = gateway.write("#" + hundred);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("100 bytes");
        assertThat(gateway.intake.kept()).hasSize(2);
      }
    }

    /** A few bytes that unpack to gigabytes. */
    @Test
    void ofTheBodyHoldAfterUnpackingToo() throws IOException {
      try (Gateway gateway = Gateway.open()) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(new byte[10_000_000]);
        }
        assertThat(packed.size()).isLessThan(65_536);
        assertThat(
                gateway
                    .send(
                        gateway
                            .request("/write")
                            .header("Content-Encoding", "gzip")
                            .POST(BodyPublishers.ofByteArray(packed.toByteArray())))
                    .statusCode())
            .isEqualTo(413);
      }
    }

    @Test
    void ofADeviceStopItsStreamAndNobodyElses() {
      Gateway.Setup setup = new Gateway.Setup();
      setup.perMinutePerDevice = 2;
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.write("g,id=1 PM10=1").statusCode()).isEqualTo(204);
        assertThat(gateway.write("g,id=1 PM10=2").statusCode()).isEqualTo(204);
        HttpResponse<String> answer = gateway.write("g,id=1 PM10=3");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(answer.body()).contains("g.1");
        assertThat(gateway.write("g,id=2 PM10=4").statusCode()).isEqualTo(204);
        gateway.clock.leap(Duration.ofSeconds(30));
        assertThat(gateway.write("g,id=1 PM10=5").statusCode()).isEqualTo(204);
        assertThat(gateway.intake.kept())
            .containsExactly("g.1/PM10=1.0", "g.1/PM10=2.0", "g.2/PM10=4.0", "g.1/PM10=5.0");
      }
    }

    @Test
    void ofAnAddressHoldForWhateverItAsks() {
      Gateway.Setup setup = new Gateway.Setup();
      setup.perMinutePerRemote = 3;
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.write("g,id=1 PM10=1").statusCode()).isEqualTo(204);
        assertThat(gateway.post("/elsewhere", "").statusCode()).isEqualTo(404);
        assertThat(gateway.write("bad").statusCode()).isEqualTo(400);
        assertThat(gateway.write("g,id=2 PM10=1").statusCode()).isEqualTo(429);
        gateway.clock.leap(Duration.ofMinutes(1));
        assertThat(gateway.write("g,id=2 PM10=1").statusCode()).isEqualTo(204);
      }
    }

    /** Two are served, one waits; the rest is turned away at once instead of piling up. */
    @Test
    void ofWorkersTurnAwayWhatIsTooMuchAndServeTheRest() {
      Gateway.Setup setup = new Gateway.Setup();
      setup.workers = 2;
      setup.waiting = 1;
      try (Gateway gateway = setup.open()) {
        gateway.intake.hesitate();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(gateway.writing("g,id=0 PM10=1"));
        answers.add(gateway.writing("g,id=1 PM10=1"));
        await("both are being served", () -> gateway.intake.waiting() == 2, SOON);
        IntStream.range(2, 6).forEach(i -> answers.add(gateway.writing("g,id=" + i + " PM10=1")));
        await(
            "three are turned away",
            () -> answers.stream().filter(CompletableFuture::isCompletedExceptionally).count() == 3,
            SOON);
        assertThat(gateway.intake.waiting()).isEqualTo(2);
        gateway.intake.work();
        assertThat(
                answers.stream()
                    .filter(answer -> !answer.isCompletedExceptionally())
                    .map(answer -> answer.join().statusCode()))
            .containsExactly(204, 204, 204);
        assertThat(gateway.write("g,id=9 PM10=1").statusCode()).isEqualTo(204);
      }
    }

    /** Less than the JDK would take by itself, and more than any kit sends. */
    @Test
    void ofHeadersEndTheConnection() throws IOException {
      String filler = "x".repeat(JdkServerLimits.MAX_HEADER_BYTES / 8);
      try (Gateway gateway = Gateway.open()) {
        assertThat(answerTo(gateway, ("X-Filler: " + filler + "\r\n").repeat(4)))
            .startsWith("HTTP/1.1 204");
        assertThat(answerTo(gateway, ("X-Filler: " + filler + "\r\n").repeat(10)))
            .doesNotContain(" 204");
      }
    }

    private String answerTo(Gateway gateway, String headers) throws IOException {
      try (Socket socket = gateway.connect()) {
        Gateway.say(
            socket,
            "POST /write HTTP/1.1\r\nHost: x\r\n"
                + headers
                + "Content-Length: "
                + LINE.length()
                + "\r\n\r\n"
                + LINE);
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
      } catch (SocketException e) {
        return "hung up";
      }
    }

    @Test
    void ofConnectionsHold() throws IOException {
      List<Socket> sockets = new ArrayList<>();
      try (Gateway gateway = Gateway.open()) {
        for (int i = 0; i < JdkServerLimits.MAX_CONNECTIONS; i++) {
          sockets.add(gateway.connect());
        }
        try (Socket oneTooMany = gateway.connect()) {
          await("it is turned away", () -> isClosedByServer(oneTooMany), SOON);
        }
        for (Socket socket : sockets) {
          socket.close();
        }
        await(
            "there is room again",
            () -> gateway.writing(LINE).handle((a, e) -> e == null).join(),
            SOON);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }

  @Nested
  class SlowClients {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "POST /wri",
          "POST /write HTTP/1.1\r\nHost: x\r\nContent-Le",
          "POST /write HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npaddenstoel,id=1",
        })
    void loseTheirConnectionAndTheirThread(String beginning) throws IOException {
      Gateway.Setup setup = new Gateway.Setup();
      setup.workers = 1;
      try (Gateway gateway = setup.open();
          Socket socket = gateway.connect()) {
        Gateway.say(socket, beginning);
        await("the only thread is kept busy", () -> gateway.scheduler.waiting() == 1, SOON);
        CompletableFuture<HttpResponse<String>> behind = gateway.writing(LINE);
        gateway.scheduler.pass(Gateway.PATIENCE.minusMillis(1));
        assertThat(behind).as("the slow one still has time").isNotDone();
        gateway.scheduler.pass(Duration.ofMillis(1));
        assertThat(isClosedByServer(socket)).isTrue();
        assertThat(behind.join().statusCode()).isEqualTo(204);
      }
    }

    /** An interrupt would close files under the journal: while it writes, there is none. */
    @Test
    void areNotTakenForASlowJournal() {
      try (Gateway gateway = Gateway.open()) {
        gateway.intake.hesitate();
        CompletableFuture<HttpResponse<String>> answer = gateway.writing(LINE);
        await("the line is handed over", () -> gateway.intake.waiting() == 1, SOON);
        gateway.scheduler.pass(Gateway.PATIENCE.plusSeconds(1));
        gateway.intake.work();
        assertThat(answer.join().statusCode()).isEqualTo(204);
      }
    }

    @Test
    void leaveNoAlarmBehindWhenTheyAreQuickEnough() {
      try (Gateway gateway = Gateway.open()) {
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
        await("nothing is watched any more", () -> gateway.scheduler.waiting() == 0, SOON);
      }
    }
  }

  @Nested
  class Passwords {

    private final Gateway.Setup setup = new Gateway.Setup();

    Passwords() {
      setup.credentials =
          List.of(
              "paddenstoel.123 kit " + PasswordHash.of("mush room", 10_000),
              "g.2 - " + PasswordHash.of("a-token", 10_000));
    }

    private static String basic(String pair) {
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void openTheWayForTheirDevice() {
      try (Gateway gateway = setup.open()) {
        assertThat(
                gateway.post("/write", LINE, "Authorization", basic("kit:mush room")).statusCode())
            .isEqualTo(204);
        assertThat(gateway.post("/write?u=kit&p=mush%20room", LINE + "1").statusCode())
            .isEqualTo(204);
        assertThat(
                gateway
                    .post("/write", LINE + "2", "Authorization", "Token kit:mush room")
                    .statusCode())
            .isEqualTo(204);
        assertThat(
                gateway
                    .post("/write", "g,id=2 PM10=5", "Authorization", "Token a-token")
                    .statusCode())
            .isEqualTo(204);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "Basic",
          "Basic !!!",
          "Bearer mush room",
          "Token mush room",
          "Token other:mush room",
          "Token kit:",
          "Token kit:mush roo",
        })
    void thatAreWrongOrMissingKeepTheirDeviceOut(String authorization) {
      try (Gateway gateway = setup.open()) {
        HttpResponse<String> answer =
            authorization.isEmpty()
                ? gateway.write(LINE)
                : gateway.post("/write", LINE, "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.body()).contains("authorization failed");
        assertThat(gateway.intake.kept()).isEmpty();
      }
    }

    @Test
    void doNotConcernOtherDevices() {
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.write("g,id=1 PM10=5").statusCode()).isEqualTo(204);
      }
    }

    /** One request must not smuggle another device in. */
    @Test
    void areAskedForEveryDeviceOfARequest() {
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.write("g,id=1 PM10=5\n" + LINE).statusCode()).isEqualTo(401);
        assertThat(gateway.intake.kept()).isEmpty();
      }
    }

    @Test
    void cannotBeGuessedForLong() {
      setup.perMinutePerRemote = 30;
      try (Gateway gateway = setup.open()) {
        List<Integer> answers =
            IntStream.range(0, 6)
                .map(i -> gateway.post("/write?u=kit&p=guess" + i, LINE).statusCode())
                .boxed()
                .toList();
        assertThat(answers).startsWith(401, 401, 401).endsWith(429, 429, 429);
      }
    }

    @Test
    void canBeAskedOfEverybody() {
      setup.credentials = List.of("* - " + PasswordHash.of("open sesame", 10_000));
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.write("g,id=77 PM10=5").statusCode()).isEqualTo(401);
        assertThat(gateway.post("/write?u=any&p=open+sesame", "g,id=77 PM10=5").statusCode())
            .isEqualTo(204);
      }
    }
  }

  @Nested
  class Port {

    @Test
    void isTriedAgainUntilItIsFree() throws IOException {
      Gateway.Setup setup = new Gateway.Setup();
      ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      setup.port = occupied.getLocalPort();
      try (Gateway gateway = setup.open()) {
        assertThat(gateway.server.address()).isEmpty();
        occupied.close();
        gateway.scheduler.pass(Duration.ofSeconds(5));
        assertThat(gateway.server.address().orElseThrow().getPort()).isEqualTo(setup.port);
        assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
      }
    }

    @Test
    void isTriedNoMoreOnceItIsClosed() throws IOException {
      Gateway.Setup setup = new Gateway.Setup();
      try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        setup.port = occupied.getLocalPort();
        Gateway gateway = setup.open();
        assertThat(gateway.scheduler.waiting()).isEqualTo(1);
        gateway.server.close();
        assertThat(gateway.scheduler.waiting()).isZero();
        gateway.server.open();
        assertThat(gateway.server.address()).isEmpty();
      }
    }

    /** What is on its way to the medium is still answered, or it would come again for nothing. */
    @Test
    void isNotClosedUnderARequestThatIsBeingServed() {
      Gateway gateway = Gateway.open();
      gateway.intake.hesitate();
      CompletableFuture<HttpResponse<String>> answer = gateway.writing(LINE);
      await("the line is handed over", () -> gateway.intake.waiting() == 1, SOON);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway.server::close);
      await("the port is closing", () -> gateway.server.address().isEmpty(), SOON);
      gateway.intake.work();
      assertThat(answer.join().statusCode()).isEqualTo(204);
      closing.join();
      gateway.close();
    }

    @Test
    void isFreeAgainAfterClosing() throws IOException {
      Gateway gateway = Gateway.open();
      int port = gateway.server.address().orElseThrow().getPort();
      assertThat(gateway.write(LINE).statusCode()).isEqualTo(204);
      gateway.close();
      assertThat(gateway.server.address()).isEmpty();
      try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(again.isBound()).isTrue();
      }
    }
  }

  /** Bytes that are no HTTP, or HTTP that is no kit's: the server outlives them all. */
  @Test
  void outlivesGarbage() throws IOException {
    try (Gateway gateway = Gateway.open()) {
      Random random = new Random(20261123);
      for (int i = 0; i < 300; i++) {
        try (Socket socket = gateway.connect()) {
          String garbage =
              i % 2 == 0
                  ? Kits.noise(random)
                  : "POST /write HTTP/1.1\r\n" + Kits.noise(random) + "\r\n\r\n";
          Gateway.say(socket, garbage);
        } catch (IOException e) {
          // The server may hang up while the garbage is still on its way.
          assertThat(e).isNotNull();
        }
      }
      for (int i = 0; i < 300; i++) {
        String body = Kits.damaged(Kits.body(Kits.LINES.get(i % 4)), random);
        assertThat(gateway.write(body).statusCode()).isIn(204, 400);
        String json = Kits.damaged(Kits.body(Kits.JSON.get(i % 3)), random);
        assertThat(gateway.post("/data.php", json, "X-Sensor", "esp8266-1").statusCode())
            .isIn(200, 400);
      }
      assertThat(gateway.write("g,id=last PM10=5").statusCode()).isEqualTo(204);
      assertThat(gateway.intake.kept()).contains("g.last/PM10=5.0");
    }
  }

  @Test
  void servesManyAtOnceAndLosesNothing() {
    try (Gateway gateway = Gateway.open()) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 60)
              .mapToObj(i -> gateway.writing("g,id=" + i + " PM10=" + i))
              .toList();
      assertThat(answers.stream().map(answer -> answer.join().statusCode())).containsOnly(204);
      assertThat(gateway.intake.kept()).hasSize(60);
    }
  }

  /** Whether the server has hung up: the end of the stream, or a reset. */
  private static boolean isClosedByServer(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
