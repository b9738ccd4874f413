package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.connector.coap.internal.oscore.Protection;
import city.mycelium.connector.coap.internal.oscore.Unverified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.oscore.OSCoreCtx;
import org.eclipse.californium.oscore.OSCoreCtxDB;
import org.eclipse.californium.oscore.ObjectSecurityLayer;
import org.eclipse.californium.oscore.OscoreOptionDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Californium's server with cf-oscore: none of its code is ours. */
class OscoreTest {

  @TempDir Path directory;
  private OscoreKeys keys;

  @BeforeEach
  void invent() throws Exception {
    keys = new OscoreKeys(directory);
  }

  @Test
  void theServerReadsItAndNobodyOnTheWay() throws Exception {
    List<byte[]> seen = Collections.synchronizedList(new ArrayList<>());
    LossyLink.Fate watched =
        (number, datagram) -> {
          seen.add(datagram.clone());
          return 1;
        };
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        LossyLink link = new LossyLink(server.port()).fates(watched, watched);
        Owner owner =
            new Owner(Setup.udp(link.port()).oscore(keys.gateway()).settings()).awaitConnected()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.CHANGED, "secret answer"));
      assertThat(Owner.awaitAnswer(owner.send("data?secret=yes", "secret words")))
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> {
                assertThat(replied.status()).isEqualTo(204);
                assertThat(replied.body()).asString().isEqualTo("secret answer");
              });
      assertThat(server.seen.get(0).path() + " " + server.seen.get(0).query())
          .isEqualTo("city/data secret=yes");
      assertThat(server.texts()).containsExactly("secret words");
      assertThat(server.opened).hasValue(1);
      assertThat(seen).hasSizeGreaterThan(2);
      assertThat(seen)
          .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("secret"))
          .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("data"));
    }
  }

  // RFC 8613, 4.1.3.4.1: blocks are made inside. What is lost is sent again as it was: under one
  // number there is one message. (The server gets none of it twice: cf-oscore takes what is
  // sent again for a replay, or answers with a reset.)
  @Test
  void blocksArriveWholeThoughMuchIsLost() throws Exception {
    Map<Integer, Set<String>> sent = new ConcurrentHashMap<>();
    Set<Integer> arrived = ConcurrentHashMap.newKeySet();
    AtomicInteger lost = new AtomicInteger();
    LossyLink.Fate lossy =
        (number, datagram) -> {
          int messageId = (datagram[2] & 0xFF) << 8 | datagram[3] & 0xFF;
          sent.computeIfAbsent(messageId, id -> ConcurrentHashMap.newKeySet())
              .add(HexFormat.of().formatHex(datagram));
          if (number % 5 == 0) {
            lost.incrementAndGet();
            return 0;
          }
          return arrived.add(messageId) ? 1 : 0;
        };
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        LossyLink link = new LossyLink(server.port()).fates(lossy, LossyLink.PASS);
        Owner owner =
            new Owner(
                    Setup.udp(link.port())
                        .oscore(keys.gateway())
                        .blockSize(256)
                        .patient()
                        .ackTimeout(Duration.ofMillis(100))
                        .settings())
                .awaitConnected()) {
      List<String> texts =
          IntStream.range(0, 12)
              .mapToObj(i -> Integer.toString(i % 10).repeat(i % 4 == 0 ? 3_000 : 20))
              .toList();
      List<CompletableFuture<Answer>> answers =
          texts.stream().map(text -> owner.send("data", text)).toList();
      answers.forEach(
          answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
      assertThat(server.texts()).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(owner.losses).isEmpty();
      assertThat(lost.get()).isGreaterThan(5); // the control
      assertThat(sent.values()).allMatch(copies -> copies.size() == 1);
    }
  }

  @Test
  void whatIsSaidOnAChannelIsHeardInsideDtlsToo() throws Exception {
    Path psk = Files.writeString(directory.resolve("psk"), CityServer.KEY);
    try (CityServer server = CityServer.psk(0, OscoreKeys.server());
        Owner owner =
            new Owner(
                    Setup.dtls(server.port(), new Security.SharedKey(CityServer.IDENTITY, psk))
                        .oscore(keys.gateway())
                        .settings(),
                    "ack")
                .awaitConnected()) {
      for (String text : List.of("one", "two", "two")) {
        int before = owner.received.size();
        server.ack.say(text);
        await("heard: " + text, () -> owner.received.size() == before + 1, Owner.PATIENCE);
      }
      assertThat(owner.received)
          .extracting(message -> new String(message.payload(), StandardCharsets.UTF_8))
          .containsExactly("one", "two", "two");
      assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
      assertThat(server.opened).hasValue(1);
    }
  }

  @Test
  void notificationsThatWereChangedOrSeenBeforeAreNotHeard() throws Exception {
    List<byte[]> told = new CopyOnWriteArrayList<>();
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        LossyLink link = new LossyLink(server.port());
        Owner owner =
            new Owner(Setup.udp(link.port()).oscore(keys.gateway()).settings(), "ack")
                .awaitConnected()) {
      link.fates(
          LossyLink.PASS,
          (number, datagram) -> {
            told.add(datagram.clone());
            if (told.size() == 2) { // what the first one said, as if it were said now
              int head = head(datagram);
              System.arraycopy(told.get(0), head, datagram, head, datagram.length - head);
            } else if (told.size() == 3) {
              datagram[datagram.length - 1] ^= 1;
            }
            return 1;
          });
      for (String text : List.of("1", "2", "3", "4")) {
        int before = told.size();
        server.ack.say(text);
        await("carried: " + text, () -> told.size() > before, Owner.PATIENCE);
      }
      await("the last is heard", () -> owner.received.size() == 2, Owner.PATIENCE);
      assertThat(owner.received)
          .extracting(message -> new String(message.payload(), StandardCharsets.UTF_8))
          .containsExactly("1", "4");
      assertThat(owner.losses).isEmpty();
    }
  }

  // RFC 8613, 7.4.1, without the order that Observe itself has.
  @Test
  void aNotificationIsNewsOnceAndNoOlderOneIs() throws Exception {
    OSCoreCtxDB contexts = OscoreKeys.server();
    OSCoreCtx server = contexts.getContext(new byte[] {0x0a});
    try (Protection protection = keys.gateway().protection()) {
      Request request = Request.newGet();
      request.setMID(1);
      request.setToken(new Token(new byte[] {1}));
      request.setObserve();
      Request seen =
          (Request)
              new UdpDataParser()
                  .parseMessage(new UdpDataSerializer().getByteArray(protection.protect(request)));
      assertThat(seen.getCode().text).isEqualTo("0.05"); // RFC 8613, 4.2: it is seen as a FETCH
      int number = new OscoreOptionDecoder(seen.getOptions().getOscore()).getSequenceNumber();
      List<byte[]> told = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload("n" + i);
        response.getOptions().setObserve(i);
        Response sent =
            ObjectSecurityLayer.prepareSend(contexts, response, server, true, false, number);
        sent.setType(Type.CON);
        sent.setMID(100 + i);
        sent.setToken(new Token(new byte[] {1}));
        told.add(new UdpDataSerializer().getByteArray(sent));
      }
      StringBuilder heard = new StringBuilder();
      for (int which : new int[] {0, 2, 0, 2, 1, 3, 3}) {
        Response opened =
            protection.open((Response) new UdpDataParser().parseMessage(told.get(which)));
        assertThat(opened.getOptions().hasObserve()).isTrue(); // so that it is acknowledged
        heard
            .append(' ')
            .append(opened instanceof Unverified not ? not.why() : opened.getPayloadString());
      }
      assertThat(heard.toString()).isEqualTo(" n0 n2 REPLAYED REPLAYED REPLAYED n3 REPLAYED");
    }
  }

  @Test
  void anotherKeyOrIdIsSaidInWords() throws Exception {
    assertThat(refused(keys.gateway("0a", "5e", "00"))).contains("oscoreKeyFile");
    assertThat(refused(keys.gateway("0b", "5e", ""))).contains("oscoreSenderId");
    assertThat(refused(keys.gateway("0a", "5f", "9e7ca92223786340"))).contains("oscoreRecipientId");
  }

  private String refused(ObjectSecurity gateway) {
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        Owner owner =
            new Owner(Setup.udp(server.port()).oscore(gateway).settings()).awaitConnected()) {
      Answer answer = Owner.awaitAnswer(owner.send("data", "x"));
      assertThat(answer).isInstanceOfAny(Answer.Refused.class, Answer.Unknown.class);
      return answer.toString();
    }
  }

  // Whoever stands between could say it.
  @Test
  void aSuccessWithoutProtectionIsNotBelieved() {
    try (CityServer server = CityServer.udp();
        Owner owner =
            new Owner(Setup.udp(server.port()).oscore(keys.gateway()).settings())
                .awaitConnected()) {
      assertThat(Owner.awaitAnswer(owner.send("data", "x")))
          .isInstanceOfSatisfying(
              Answer.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("without OSCORE"));
      assertThat(server.seen).hasSize(1); // the control: it did say 2.04
    }
  }

  @Test
  void anAnswerThatWasChangedOrGivenBeforeIsNotBelieved() throws Exception {
    List<byte[]> told = new CopyOnWriteArrayList<>();
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        LossyLink link = new LossyLink(server.port());
        Owner owner =
            new Owner(Setup.udp(link.port()).oscore(keys.gateway()).settings()).awaitConnected()) {
      link.fates(
          LossyLink.PASS,
          (number, datagram) -> {
            told.add(datagram.clone());
            if (told.size() == 2) {
              datagram[datagram.length - 1] ^= 1;
            } else if (told.size()
                == 3) { // the first answer, under this one's message id and token
              int head = head(datagram);
              System.arraycopy(told.get(0), head, datagram, head, datagram.length - head);
            }
            return 1;
          });
      assertThat(Owner.awaitAnswer(owner.send("data", "1"))).isInstanceOf(Answer.Replied.class);
      for (String text : List.of("2", "3")) {
        assertThat(Owner.awaitAnswer(owner.send("data", text)))
            .isInstanceOfSatisfying(
                Answer.Unknown.class,
                unknown -> assertThat(unknown.why()).contains("does not open"));
      }
      assertThat(Owner.awaitAnswer(owner.send("data", "4"))).isInstanceOf(Answer.Replied.class);
      assertThat(server.texts()).containsExactly("1", "2", "3", "4");
    }
  }

  /** RFC 7252, 3: four bytes and the token. */
  private static int head(byte[] datagram) {
    return 4 + (datagram[0] & 0x0F);
  }

  // RFC 8613, B.1.1: behind all numbers that may have been used; and it is a new process for both.
  @Test
  void afterARestartItGoesOnAndWithoutItsNumbersTheServerNotices() throws Exception {
    try (CityServer server = CityServer.oscore(OscoreKeys.server())) {
      Setup setup = Setup.udp(server.port()).oscore(keys.gateway());
      for (int start = 0; start < 3; start++) {
        try (Owner owner = new Owner(setup.settings()).awaitConnected()) {
          assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
        }
      }
      keys.forgetNumbers();
      try (Owner owner = new Owner(setup.settings()).awaitConnected()) {
        assertThat(Owner.awaitAnswer(owner.send("data", "x")))
            .isInstanceOfSatisfying(
                Answer.Unknown.class,
                unknown -> assertThat(unknown.why()).contains("new key").contains("Replay"));
      }
    }
  }

  @Test
  void aLostFileOfNumbersIsARefusalAndNoReuse() throws Exception {
    try (CityServer server = CityServer.oscore(OscoreKeys.server())) {
      Setup setup = Setup.udp(server.port()).oscore(keys.gateway());
      try (Owner owner = new Owner(setup.settings()).awaitConnected()) {
        Owner.awaitAnswer(owner.send("data", "x"));
      }
      try (var files = Files.newDirectoryStream(keys.folder, "*.numbers")) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      try (Owner owner = new Owner(setup.settings())) {
        assertThat(owner.awaitLoss()).contains("is gone").contains("oscoreIdContext");
      }
    }
  }

  // RFC 8613, B.1.2, and RFC 9175, 2.3: a server that was restarted asks whether we are there now.
  @Test
  void aServerThatAsksForAnEchoGetsItOnce() {
    byte[] echo = {7, 7, 1};
    List<List<byte[]>> echoed = new CopyOnWriteArrayList<>();
    try (CityServer server = CityServer.oscore(OscoreKeys.server());
        Owner owner =
            new Owner(Setup.udp(server.port()).oscore(keys.gateway()).settings())
                .awaitConnected()) {
      server.next.add(exchange -> ask(exchange, echo, echoed));
      server.next.add(
          exchange -> {
            echoed.add(echoIn(exchange));
            exchange.respond(ResponseCode.CHANGED);
          });
      assertThat(Owner.awaitAnswer(owner.send("data", "hello"))).isInstanceOf(Answer.Replied.class);
      assertThat(echoed).hasSize(2);
      assertThat(echoed.get(0)).isEmpty();
      assertThat(echoed.get(1)).containsExactly(echo);
      assertThat(server.texts()).containsExactly("hello", "hello");
      // One that is never content is not asked for ever.
      for (int i = 0; i < 5; i++) {
        server.next.add(exchange -> ask(exchange, echo, echoed));
      }
      assertThat(Owner.awaitAnswer(owner.send("data", "more"))).isInstanceOf(Answer.Refused.class);
      assertThat(server.texts()).hasSize(4);
    }
  }

  private static void ask(CoapExchange exchange, byte[] echo, List<List<byte[]>> echoed) {
    echoed.add(echoIn(exchange));
    Response response = new Response(ResponseCode.UNAUTHORIZED);
    response.getOptions().addOption(StandardOptionRegistry.ECHO.create(echo));
    exchange.respond(response);
  }

  private static List<byte[]> echoIn(CoapExchange exchange) {
    return exchange.getRequestOptions().asSortedList().stream()
        .filter(option -> option.getNumber() == StandardOptionRegistry.ECHO.getNumber())
        .map(Option::getValue)
        .toList();
  }

  // RFC 8613: by the same key, beside the connection that stands.
  @Test
  void itCanBeTriedWhileItStands() {
    try (CityServer server = CityServer.oscore(OscoreKeys.server())) {
      CoapSettings settings =
          Setup.to("coap://127.0.0.1:" + server.port() + "/town").oscore(keys.gateway()).settings();
      try (Owner owner = new Owner(settings).awaitConnected()) {
        assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
        assertThat(
                new CoapConnector(settings, new ThreadSchedulers(), new Random(5))
                    .probe(Duration.ofSeconds(20)))
            .isNotEmpty()
            .allMatch(Check::ok);
        assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
        assertThat(server.opened).hasValue(3);
      }
    }
  }

  @Test
  void overTcpItIsTheSame() throws Exception {
    try (OscoreTcpServer server = new OscoreTcpServer();
        Owner owner =
            new Owner(
                    Setup.to("coap+tcp://127.0.0.1:" + server.port() + "/city")
                        .oscore(keys.gateway())
                        .settings(),
                    "ack")
                .awaitConnected()) {
      await("what is there is heard", () -> owner.received.size() == 1, Owner.PATIENCE);
      assertThat(owner.received.get(0).payload()).asString().isEqualTo("/city/ack");
      assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Replied.class);
      server.lie = true;
      assertThat(Owner.awaitAnswer(owner.send("data", "x"))).isInstanceOf(Answer.Unknown.class);
    }
  }
}
