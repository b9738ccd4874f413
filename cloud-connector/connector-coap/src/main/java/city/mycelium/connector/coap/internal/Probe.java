package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Reach;
import city.mycelium.api.connector.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;

/**
 * Tries a server layer by layer, from a port of its own: the open connection hears nothing of it.
 * Listens to nothing and registers nowhere. What is asked is the address itself, by a GET, which is
 * safe (RFC 7252, 5.1). For one use; blocks.
 */
final class Probe {

  private static final Message OF_THE_ADDRESS =
      new Message(
          Verb.GET,
          "/",
          Map.of(),
          "application/octet-stream",
          new byte[0],
          false,
          Qos.AT_LEAST_ONCE);

  /** A handshake is three times there and back, and a datagram that is lost costs seconds. */
  private static final int HANDSHAKE = 3;

  private final CoapSettings settings;
  private final Duration patience;
  private final Duration handshake;
  private final Logger log;
  private final Failure failure;

  Probe(CoapSettings settings, Duration patience, Logger log) {
    this.patience = patience;
    handshake = patience.multipliedBy(HANDSHAKE);
    this.settings = settings.trial(handshake);
    this.log = log;
    failure = new Failure(this.settings);
  }

  List<Check> run() {
    CoapAddress server = settings.address();
    List<Check> checks = new ArrayList<>();
    if (server.transport().isDatagram()) {
      checks.add(Reach.name(server.host(), patience));
    } else {
      checks.addAll(Reach.tcp(server.host(), server.port(), patience));
      if (Reach.allOk(checks) && server.transport() == Transport.TLS) {
        checks.add(tls());
      }
    }
    if (Reach.allOk(checks)) {
      checks.addAll(server());
    }
    return checks;
  }

  private Check tls() {
    try {
      if (settings.security() instanceof Security.Certificates files) {
        CoapAddress server = settings.address();
        SSLSocketFactory sockets = Keys.sockets(files);
        return Reach.tls(
            server.host(),
            server.port(),
            plain -> StreamLine.secured(sockets, plain, server),
            "the server's",
            patience,
            failure::words);
      }
      return Check.untried("tls", "no certificates are set up");
    } catch (SetupException e) {
      return new Check("tls", false, String.valueOf(e.getMessage()));
    }
  }

  /** What a Line tells of connecting: empty when it stands, else why it does not. */
  private static final class Ears implements Line.Events {
    final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void connected() {
      end.complete("");
    }

    @Override
    public void lost(String why) {
      end.complete(why);
    }

    @Override
    public void received(Message message) {
      // Nothing was asked for.
    }

    @Override
    public void alive() {
      // That shows in connected().
    }

    @Override
    public void errand(Line.Errand errand) {
      // Nothing is listened to, and nothing is registered.
    }
  }

  private Line line(Ears ears) {
    return settings.address().transport().isDatagram()
        ? new DatagramLine(settings, Optional.empty(), Set.of(), ears, log)
        : new StreamLine(settings, Optional.empty(), Set.of(), ears, log);
  }

  private List<Check> server() {
    Ears ears = new Ears();
    Line line = line(ears);
    try {
      String why = opened(line, ears);
      List<Check> checks = new ArrayList<>(why.isEmpty() ? stands() : standsNot(why));
      if (why.isEmpty()) {
        checks.add(login(answer(line, OF_THE_ADDRESS)));
      }
      return checks;
    } catch (SetupException e) {
      return List.of(new Check(layer(), false, String.valueOf(e.getMessage())));
    } finally {
      line.leave();
    }
  }

  /** Where what is beyond the route can fail. */
  private String layer() {
    return settings.address().transport() == Transport.DTLS ? "dtls" : "coap";
  }

  private List<Check> stands() {
    String server = settings.address().server();
    return switch (settings.address().transport()) {
      case UDP ->
          List.of(
              new Check(
                  "route",
                  true,
                  server + " answers (an empty message with a reset: RFC 7252, 4.3)"));
      case DTLS ->
          List.of(
              new Check("route", true, server + " answers"),
              new Check(
                  "dtls", true, "the handshake worked: each has proved to the other who it is"));
      case TCP, TLS ->
          List.of(new Check("coap", true, server + " speaks CoAP over TCP (RFC 8323, 5.3)"));
    };
  }

  private List<Check> standsNot(String why) {
    boolean isDatagram = settings.address().transport().isDatagram();
    if (isDatagram && (isSilence(why) || settings.address().transport() == Transport.UDP)) {
      return List.of(new Check("route", false, why));
    }
    Check beyond = new Check(layer(), false, why);
    return isDatagram
        ? List.of(new Check("route", true, settings.address().server() + " answers"), beyond)
        : List.of(beyond);
  }

  /** Nobody ever said anything: then it is not known that somebody is there. */
  private boolean isSilence(String why) {
    return why.equals(failure.silentFromTheBeginning()) || why.startsWith("nobody listens");
  }

  private static Check login(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      String code = replied.status() / 100 + "." + String.format("%02d", replied.status() % 100);
      return new Check(
          "login",
          true,
          "the server lets this gateway ask for the address itself and answers "
              + code
              + (replied.status() == 404
                  ? ": nothing is there, which is usual where only paths below it exist; if nothing"
                      + " arrives, check the path in uri"
                  : ""));
    }
    return new Check(
        "login",
        false,
        answer instanceof Answer.Refused refused
            ? refused.why()
            : answer instanceof Answer.Unknown unknown ? unknown.why() : answer.toString());
  }

  /** Whatever is said to a question, on a Line of its own. */
  Answer ask(Message question) {
    Ears ears = new Ears();
    Line line = line(ears);
    try {
      String why = opened(line, ears);
      return why.isEmpty() ? answer(line, question) : new Answer.Unknown(why);
    } catch (SetupException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()), false);
    } finally {
      line.leave();
    }
  }

  private String opened(Line line, Ears ears) throws SetupException {
    line.open();
    try {
      return ears.end.get(handshake.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return line.whySilent();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private Answer answer(Line line, Message question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Runnable giveUp = line.send(question, result -> answer.complete(result.answer()));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      giveUp.run();
      return new Answer.Unknown(
          "the server "
              + settings.address().server()
              + " is there and did not answer a GET within "
              + Reach.words(patience));
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown("interrupted");
    }
  }
}
