package city.mycelium.connector.coap.internal;

import static city.mycelium.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.Test;

/** Over UDP, against Californium's own server. */
class CoapConnectorTest {

  @Test
  void aMessageArrivesAtItsPathWithItsFormatAndTheServerAnswers() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      Message message =
          Message.post("a%20b/data?x=1&y=%26", "application/senml+json", "[]".getBytes(UTF_8));
      assertThat(answer(owner, message))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(204));
      CityServer.Seen seen = server.seen.get(0);
      assertThat(seen.code() + " " + seen.path() + "?" + seen.query() + " " + seen.contentFormat())
          .isEqualTo("POST city/a b/data?x=1&y=& 110");
      assertThat(seen.text()).isEqualTo("[]");
    }
  }

  @Test
  void everyVerbHasItsMethod() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      for (Verb verb : Verb.values()) {
        answer(owner, Owner.message("data", "", false).by(verb));
      }
      assertThat(server.seen)
          .extracting(CityServer.Seen::code)
          .containsExactly("POST", "PUT", "PATCH", "GET", "DELETE");
    }
  }

  @Test
  void whatTheServerAnswersIsToldWithHeaders() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      server.next.add(
          exchange -> {
            Response response = new Response(ResponseCode.CREATED);
            response.getOptions().setLocationPath("things/7").setContentFormat(50);
            response.setPayload("{}");
            exchange.respond(response);
          });
      server.next.add(exchange -> exchange.respond(ResponseCode.NOT_FOUND, "no such thing"));
      assertThat(answer(owner, Owner.message("data", "x", false)))
          .isInstanceOfSatisfying(
              Answer.Replied.class,
              replied -> {
                assertThat(replied.status()).isEqualTo(201);
                assertThat(replied.headers())
                    .containsAllEntriesOf(
                        Map.of("location", "/things/7", "content-type", "application/json"));
                assertThat(replied.body()).asString().isEqualTo("{}");
              });
      assertThat(answer(owner, Owner.message("data", "x", false)))
          .isInstanceOfSatisfying(
              Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(404));
    }
  }

  @Test
  void aRefusalIsNotPermanentAndSaysWhatToDo() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      server.next.add(exchange -> exchange.respond(ResponseCode.UNAUTHORIZED));
      server.next.add(exchange -> exchange.respond(ResponseCode.FORBIDDEN, "not you"));
      for (String words : List.of("access rules", "not you")) {
        assertThat(answer(owner, Owner.message("data", "x", false)))
            .isInstanceOfSatisfying(
                Answer.Refused.class,
                refused -> {
                  assertThat(refused.permanent()).isFalse();
                  assertThat(refused.why()).contains(words);
                });
      }
    }
  }

  // RFC 7959, 2.9.3: 4.13 says with Size1 how much would have been taken.
  @Test
  void whatIsTooLargeIsSaidWithTheLimit() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      server.next.add(
          exchange -> {
            Response response = new Response(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
            response.getOptions().setSize1(512);
            exchange.respond(response);
          });
      assertThat(answer(owner, Owner.message("data", "x", false)))
          .isInstanceOfSatisfying(
              Answer.TooLarge.class, large -> assertThat(large.why()).contains("512 bytes"));
    }
  }

  // RFC 7252, 5.9.3.4, and RFC 8516: Max-Age is how long to stay away.
  @Test
  void aServerThatAsksToBeLeftAloneIs() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      server.next.add(
          exchange -> {
            Response response = new Response(ResponseCode.TOO_MANY_REQUESTS);
            response.getOptions().setMaxAge(2);
            exchange.respond(response);
          });
      long begin = System.nanoTime();
      CompletableFuture<Answer> first = owner.send("data", "one");
      CompletableFuture<Answer> second = owner.send("data", "two");
      assertThat(Owner.awaitAnswer(first))
          .isInstanceOfSatisfying(
              Answer.Refused.class, refused -> assertThat(refused.why()).contains("for 2 s"));
      // It does not wait here: whoever sent it would think it lost after a while, and send another.
      assertThat(Owner.awaitAnswer(second)).isInstanceOf(Answer.Unknown.class);
      assertThat(owner.awaitLoss()).contains("for 2 s");
      assertThat(Owner.awaitAnswer(owner.send("data", "three"))).isInstanceOf(Answer.Unknown.class);
      owner.awaitConnections(2);
      assertThat(Owner.awaitAnswer(owner.send("data", "four"))).isInstanceOf(Answer.Replied.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(server.texts()).containsExactly("one", "four");
    }
  }

  @Test
  void anAnswerThatComesLaterIsWaitedFor() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      List<org.eclipse.californium.core.server.resources.CoapExchange> kept =
          new java.util.concurrent.CopyOnWriteArrayList<>();
      server.next.add(
          exchange -> {
            exchange.accept(); // RFC 7252, 5.2.2: a separate response
            kept.add(exchange);
          });
      CompletableFuture<Answer> answer = owner.send("data", "x");
      await("the server has it", () -> !kept.isEmpty(), Owner.PATIENCE);
      assertThat(answer).isNotDone();
      kept.get(0).respond(ResponseCode.CHANGED);
      assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class);
    }
  }

  @Test
  void noMoreThanNstartWaitForAnswers() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).nstart(3).settings()).awaitConnected()) {
      List<org.eclipse.californium.core.server.resources.CoapExchange> kept =
          new java.util.concurrent.CopyOnWriteArrayList<>();
      for (int i = 0; i < 8; i++) {
        server.next.add(
            exchange -> {
              exchange.accept();
              kept.add(exchange);
            });
      }
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, 8).mapToObj(i -> owner.send("data", "m" + i)).toList();
      for (int answered = 0; answered < 8; answered++) {
        int expected = Math.min(8, answered + 3);
        await("the next ones", () -> kept.size() == expected, Owner.PATIENCE);
        kept.get(answered).respond(ResponseCode.CHANGED);
      }
      answers.forEach(
          answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
    }
  }

  @Test
  void nobodyThereIsSaidInWords() {
    try (Owner owner =
        new Owner(Setup.udp(Setup.freePort()).connectTimeout(Duration.ofSeconds(1)).settings())) {
      assertThat(owner.awaitLoss()).contains("does not answer within 1 s");
      assertThat(Owner.awaitAnswer(owner.send("data", "x")))
          .isInstanceOfSatisfying(
              Answer.Unknown.class, unknown -> assertThat(unknown.why()).contains("not connected"));
    }
  }

  @Test
  void aServerThatFallsSilentIsNoticedAndFoundAgain() throws IOException {
    try (CityServer server = CityServer.udp();
        LossyLink link = new LossyLink(server.port());
        Owner owner =
            new Owner(
                    Setup.udp(link.port())
                        .ackTimeout(Duration.ofMillis(20))
                        .connectTimeout(Duration.ofSeconds(2))
                        .settings())
                .awaitConnected()) {
      link.fates((number, datagram) -> 0, LossyLink.PASS);
      assertThat(Owner.awaitAnswer(owner.send("data", "lost")))
          .isInstanceOfSatisfying(
              Answer.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("no longer answers"));
      assertThat(owner.awaitLoss()).contains("no longer answers");
      link.fates(LossyLink.PASS, LossyLink.PASS);
      owner.awaitConnections(2);
      assertThat(Owner.awaitAnswer(owner.send("data", "there again")))
          .isInstanceOf(Answer.Replied.class);
    }
  }

  @Test
  void aServerThatIsSilentWhileThereIsNothingToSayIsNoticed() throws IOException {
    try (CityServer server = CityServer.udp();
        LossyLink link = new LossyLink(server.port());
        Owner owner =
            new Owner(
                    Setup.udp(link.port())
                        .keepAlive(Duration.ofSeconds(1))
                        .connectTimeout(Duration.ofSeconds(1))
                        .settings())
                .awaitConnected()) {
      link.fates((number, datagram) -> 0, LossyLink.PASS);
      assertThat(owner.awaitLoss()).contains("no longer answers");
    }
  }

  @Test
  void farewellIsSaid() {
    try (CityServer server = CityServer.udp()) {
      new Owner(Setup.udp(server.port()).settings()).awaitConnected().close();
      assertThat(server.seen)
          .extracting(seen -> seen.path() + " " + seen.text())
          .containsExactly("city/status gone");
    }
  }

  // Lost, late, double and overtaken datagrams, both ways: each message arrives, and once.
  @Test
  void overABadLinkEveryMessageIsTakenOnce() throws IOException {
    try (CityServer server = CityServer.udp();
        LossyLink link = new LossyLink(server.port()).fates(LossyLink.BAD, LossyLink.BAD);
        Owner owner =
            new Owner(
                    Setup.udp(link.port())
                        .nstart(4)
                        .patient()
                        .ackTimeout(Duration.ofMillis(150))
                        .settings())
                .awaitConnected()) {
      List<String> texts = IntStream.range(0, 150).mapToObj(i -> "m" + i).toList();
      List<CompletableFuture<Answer>> answers =
          texts.stream().map(text -> owner.send("data", text)).toList();
      answers.forEach(
          answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
      assertThat(server.texts()).containsExactlyInAnyOrderElementsOf(texts);
      assertThat(link.up.get()).isGreaterThan(texts.size() + 10); // the control: much was lost
    }
  }

  // RFC 7959: 5000 bytes in blocks of 256 are 20; several such at once to one resource are not
  // mixed up (RFC 9175, 3.1), on a good and on a bad link.
  @Test
  void parallelTransfersInBlocksToOneResourceAreNotMixedUp() throws IOException {
    for (LossyLink.Fate fate : List.of(LossyLink.PASS, LossyLink.BAD)) {
      try (CityServer server = CityServer.udp();
          LossyLink link = new LossyLink(server.port()).fates(fate, fate);
          Owner owner =
              new Owner(
                      Setup.udp(link.port())
                          .nstart(8)
                          .blockSize(256)
                          .patient()
                          .ackTimeout(Duration.ofMillis(100))
                          .settings())
                  .awaitConnected()) {
        List<String> texts =
            IntStream.range(0, 6).mapToObj(i -> Integer.toString(i).repeat(5_000)).toList();
        List<CompletableFuture<Answer>> answers =
            texts.stream().map(text -> owner.send("data", text)).toList();
        answers.forEach(
            answer -> assertThat(Owner.awaitAnswer(answer)).isInstanceOf(Answer.Replied.class));
        assertThat(server.texts()).containsExactlyElementsOf(texts);
        assertThat(link.up.get()).isGreaterThanOrEqualTo(6 * 20);
      }
    }
  }

  @Test
  void aLongAnswerIsPutTogether() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).nstart(4).settings()).awaitConnected()) {
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, 4)
              .mapToObj(
                  i -> {
                    server.next.add(
                        exchange -> exchange.respond(ResponseCode.CONTENT, "z".repeat(9_000)));
                    return owner.session.send(Message.get("things", "application/json"));
                  })
              .toList();
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(Owner.awaitAnswer(answer))
            .isInstanceOfSatisfying(
                Answer.Replied.class, replied -> assertThat(replied.body()).hasSize(9_000));
      }
    }
  }

  @Test
  void whatIsSaidOnAnInboundChannelIsHeardInOrder() {
    try (CityServer server = CityServer.udp()) {
      server.ack.text = "kept";
      try (Owner owner = new Owner(Setup.udp(server.port()).settings(), "ack").awaitConnected()) {
        await("the first is heard", () -> owner.received.size() == 1, Owner.PATIENCE);
        for (String text : List.of("one", "two", "two")) {
          int before = owner.received.size();
          server.ack.say(text);
          await("heard: " + text, () -> owner.received.size() == before + 1, Owner.PATIENCE);
        }
        assertThat(owner.received)
            .extracting(
                m ->
                    m.channel()
                        + " "
                        + m.mediaType()
                        + " "
                        + text(m.payload())
                        + " "
                        + m.retained())
            .containsExactly(
                "ack application/json kept true",
                "ack application/json one false",
                "ack application/json two false",
                "ack application/json two false");
        assertThat(owner.threads).containsOnly("coap-city");
      }
    }
  }

  // RFC 7641, 3.3.1: what is no longer fresh is asked for again.
  @Test
  void anObservationIsRenewed() {
    try (CityServer server = CityServer.udp()) {
      server.ack.text = "kept";
      server.ack.maxAge = 0;
      try (Owner owner = new Owner(Setup.udp(server.port()).settings(), "ack").awaitConnected()) {
        await("registered twice", () -> server.ack.registrations.get() >= 2, Owner.PATIENCE);
        assertThat(owner.received).hasSize(1); // and told once
      }
    }
  }

  @Test
  void aChannelThatCannotBeObservedIsNamed() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings(), "other")) {
      assertThat(owner.awaitLoss()).contains("'other'").contains("answers once only");
    }
  }

  // Its own file of settings would be found by whoever runs the gateway, and mean nothing.
  @Test
  void californiumWritesNoFile() {
    try (CityServer server = CityServer.udp();
        Owner owner = new Owner(Setup.udp(server.port()).settings()).awaitConnected()) {
      assertThat(owner.losses).isEmpty();
      assertThat(Files.exists(Path.of("Californium3.properties"))).isFalse();
    }
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static Answer answer(Owner owner, Message message) {
    return Owner.awaitAnswer(owner.session.send(message));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
