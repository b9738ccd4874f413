package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.connector.coap.internal.oscore.Protection;
import city.mycelium.connector.coap.internal.oscore.Unverified;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * CoAP over UDP or DTLS, by an endpoint of Californium's with a port of its own. What is done is
 * done on one thread of the Line, which Californium uses as well; there are two more that carry
 * datagrams.
 */
final class DatagramLine implements Line, Asking {

  private static final Duration LEAVING = Duration.ofSeconds(2);

  /** RFC 7252, 4.4: a message id is not used twice within 247 s; there are 65,536. */
  private static final Duration UNTIL_AN_ID_IS_FREE = Duration.ofSeconds(1);

  private final CoapSettings settings;
  private final Optional<Message> farewell;
  private final Set<String> inbound;
  private final Events events;
  private final Logger log;
  private final Requests requests;
  private final Answers answers;
  private final Failure failure;
  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable CoapEndpoint endpoint;
  private volatile @Nullable Protection protection;
  private volatile boolean stood;

  /** The flight of a DTLS handshake that had to be sent again last. */
  private volatile int silentFlight;

  /** Which DTLS handshake the server's knowledge of us comes from; written on the Line's thread. */
  private volatile @Nullable Long association;

  // From here on: touched on the Line's thread only.

  /** By server; the one that all messages go to is looked for often, so not by its name. */
  private final Map<CoapAddress, EndpointContext> peers = new HashMap<>();

  private final Map<Token, Channel> channels = new HashMap<>();
  private final Deque<String> toListenTo = new ArrayDeque<>();
  private @Nullable Registration registration;

  DatagramLine(
      CoapSettings settings,
      Optional<Message> farewell,
      Set<String> inbound,
      Events events,
      Logger log) {
    this.settings = settings;
    this.farewell = farewell;
    this.inbound = inbound;
    this.events = events;
    this.log = log;
    requests = new Requests(settings.address());
    answers = new Answers(settings.address().server());
    failure = new Failure(settings);
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "coap-" + settings.name() + "-line");
              made.setDaemon(true);
              return made;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void open() throws SetupException {
    DatagramSetup setup = new DatagramSetup(settings);
    Configuration configuration = setup.configuration();
    Connector connector = setup.connector(configuration);
    if (connector instanceof DTLSConnector dtls) {
      dtls.setExecutor(thread);
    }
    CoapEndpoint.Builder builder =
        CoapEndpoint.builder().setConfiguration(configuration).setConnector(connector);
    ObjectSecurity oscore = settings.oscore();
    if (oscore != null) {
      Protection held = oscore.protection();
      protection = held;
      builder.setDataSerializerAndParser(
          new Protecting.Serializer(held), new Protecting.Parser(held));
    }
    CoapEndpoint made = builder.build();
    made.setExecutors(thread, thread);
    made.addNotificationListener((request, response) -> work(() -> notified(request, response)));
    endpoint = made;
    work(() -> begin(made));
  }

  /** Runs it on the Line's thread; what nobody foresaw ends the Line and not the thread. */
  private void work(Runnable task) {
    thread.execute(() -> supervised(task));
  }

  private void supervised(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) { // Californium's own, or a bug: begin anew, and say so
      log.warn("destination {}: a CoAP connection failed", settings.name(), e);
      events.lost(failure.words(e));
    }
  }

  private void begin(CoapEndpoint made) {
    try {
      peer(settings.address());
      made.start();
    } catch (IOException e) {
      events.lost(failure.words(e));
      return;
    }
    toListenTo.addAll(inbound);
    pingThen(this::listenToNext);
  }

  /** Looks its name up, once. */
  private EndpointContext peer(CoapAddress server) throws IOException {
    EndpointContext known = peers.get(server);
    if (known == null) {
      String host = server.host().replaceAll("[\\[\\]]", "");
      known =
          new AddressEndpointContext(
              new InetSocketAddress(InetAddress.getByName(host), server.port()),
              server.isNamed() ? host : null,
              null);
      peers.put(server, known);
    }
    return known;
  }

  /** RFC 7252, 4.3: an empty message is answered with a reset by whoever is there. */
  private void pingThen(Runnable there) {
    Request ping = Request.newPing();
    ping.setToken(Token.EMPTY);
    ping.setScheme(settings.address().transport().scheme);
    ping.addMessageObserver(
        new Watching() {
          @Override
          public void onReject() {
            work(
                () -> {
                  events.alive();
                  there.run();
                });
          }

          @Override
          public void onSendError(Throwable error) {
            events.lost(failure.words(error));
          }
        });
    transmit(settings.address(), ping);
  }

  @Override
  public void ping() {
    work(() -> pingThen(() -> {}));
  }

  private void listenToNext() {
    String name = toListenTo.poll();
    if (name == null) {
      stood = true;
      events.connected();
      Directory directory = settings.directory();
      if (directory != null) {
        registration = new Registration(directory, this, settings.name(), log);
        registration.begin();
      }
      return;
    }
    Request request = requests.observing(name);
    Channel channel = new Channel(name, request);
    ask(
        settings.address(),
        request,
        response -> {
          if (response == null) {
            events.lost(failure.silent());
          } else if (listens(channel, response)) {
            channels.put(request.getToken(), channel);
            listenToNext();
          }
        });
  }

  /** What the answer to a registration says: whether the server now tells us what is new. */
  private boolean listens(Channel channel, Response response) {
    if (response instanceof Unverified answer) {
      events.lost(answers.why(answer));
      return false;
    }
    if (!response.isSuccess() || !response.getOptions().hasObserve()) {
      events.lost(
          failure.notObservable(
              channel.name,
              response.isSuccess() ? "it answers once only" : response.getCode().text));
      return false;
    }
    if (channel.tellsSomething(response)) {
      events.received(Answers.received(channel.name, response, true));
    }
    refreshInTime(channel, response);
    return true;
  }

  private void notified(Request request, Response response) {
    Channel channel = channels.get(request.getToken());
    if (channel == null) {
      return;
    }
    if (response instanceof Unverified answer) {
      log.debug("destination {}: not believed: {}", settings.name(), answers.why(answer));
    } else if (!response.isSuccess()) { // RFC 7641, 3.2: it no longer tells us
      events.lost(failure.notObservable(channel.name, response.getCode().text));
    } else if (channel.isNews(response)) {
      events.received(Answers.received(channel.name, response, false));
      refreshInTime(channel, response);
    }
  }

  private void refreshInTime(Channel channel, Response response) {
    if (channel.refresh != null) {
      channel.refresh.cancel(false);
    }
    channel.refresh =
        thread.schedule(
            () -> supervised(() -> registerAgain(channel)),
            Channel.untilStale(response).toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** RFC 7641, 3.3.1: the same request with the same token. */
  private void registerAgain(Channel channel) {
    Request again = requests.observing(channel.name);
    again.setToken(channel.request.getToken());
    askWhenThereIsRoom(
        settings.address(),
        again,
        response -> {
          if (response == null) {
            events.lost(failure.silent());
          } else {
            listens(channel, response);
          }
        });
  }

  @Override
  public Runnable send(Message message, Consumer<Result> answered) {
    Request request = requests.of(message);
    Told told = new Told(request, answered);
    request.addMessageObserver(told);
    work(() -> transmit(settings.address(), request));
    return told::giveUp;
  }

  @Override
  public void ask(CoapAddress server, Request request, Consumer<@Nullable Response> heard) {
    request.addMessageObserver(
        new Watching() {
          private boolean told;

          @Override
          public void onResponse(Response response) {
            Optional<Request> again = Echo.again(request, response);
            if (again.isPresent()) {
              work(() -> ask(server, again.get(), heard));
            } else {
              tell(response);
            }
          }

          @Override
          protected void failed() {
            tell(null);
          }

          @Override
          public void onSendError(Throwable error) {
            tell(null);
          }

          private void tell(@Nullable Response response) {
            work(
                () -> {
                  if (!told) {
                    told = true;
                    heard.accept(response);
                  }
                });
          }
        });
    transmit(server, request);
  }

  @Override
  public void askWhenThereIsRoom(
      CoapAddress server, Request request, Consumer<@Nullable Response> heard) {
    events.errand(
        done ->
            work(
                () ->
                    ask(
                        server,
                        request,
                        response -> {
                          done.run();
                          heard.accept(response);
                        })));
  }

  @Override
  public void later(Duration delay, Runnable task) {
    var unused = thread.schedule(() -> supervised(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void transmit(CoapAddress server, Request request) {
    CoapEndpoint open = endpoint;
    if (open == null) {
      request.cancel();
      return;
    }
    try {
      request.setDestinationContext(peer(server));
      open.sendRequest(request);
    } catch (IOException e) {
      request.setSendError(e);
    }
  }

  @Override
  public String whySilent() {
    return silentFlight > 0
        ? failure.silentInHandshake(silentFlight)
        : failure.silentFromTheBeginning();
  }

  /**
   * A server that was restarted has forgotten what we listen to; that it was, shows in a new
   * handshake, which Scandium does by itself.
   */
  private void associated(EndpointContext context) {
    Long handshake = context.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP);
    if (handshake == null || handshake.equals(association)) {
      return;
    }
    boolean anew = association != null;
    association = handshake;
    if (anew) {
      channels.values().forEach(this::registerAgain);
    }
  }

  @Override
  public void leave() {
    CoapEndpoint open = endpoint;
    if (open != null && stood) {
      CountDownLatch said = new CountDownLatch(farewell.isPresent() ? 2 : 1);
      farewell.ifPresent(message -> send(message, result -> said.countDown()));
      work(
          () -> {
            if (registration == null) {
              said.countDown();
            } else {
              registration.end(said::countDown);
            }
          });
      await(said);
      if (open.getConnector() instanceof DTLSConnector dtls) {
        CountDownLatch closed = new CountDownLatch(1);
        work(
            () -> {
              peers.values().forEach(peer -> dtls.close(peer.getPeerAddress()));
              work(closed::countDown); // after what closing itself puts there
            });
        await(closed);
      }
    }
    cut();
  }

  private static void await(CountDownLatch latch) {
    try {
      var unused = latch.await(LEAVING.toMillis(), TimeUnit.MILLISECONDS); // then without
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void cut() {
    CoapEndpoint open = endpoint;
    endpoint = null;
    if (open != null) {
      open.destroy();
    }
    thread.shutdownNow();
    Protection held = protection;
    if (held != null) { // which may have waited for the medium until now
      held.close();
    }
  }

  /** Sees how a handshake goes, and to which association a message belongs. */
  private class Watching extends MessageObserverAdapter {

    @Override
    public void onDtlsRetransmission(int flight) {
      silentFlight = flight;
    }

    @Override
    public void onContextEstablished(EndpointContext context) {
      if (!Objects.equals(context.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP), association)) {
        work(() -> associated(context));
      }
    }
  }

  /** Says once what became of a message. Called on the Line's thread, or by who gives it up. */
  private final class Told extends Watching {

    private final Consumer<Result> answered;
    private volatile Request current;

    Told(Request request, Consumer<Result> answered) {
      this.current = request;
      this.answered = answered;
    }

    void giveUp() {
      current.cancel();
    }

    @Override
    public void onResponse(Response response) {
      Optional<Request> again = Echo.again(current, response);
      if (again.isPresent()) {
        Request next = again.get();
        current = next;
        next.addMessageObserver(this);
        work(() -> transmit(settings.address(), next));
      } else {
        answered.accept(answers.of(response));
      }
    }

    /** RFC 7252, 4.2: it was told that the server can do nothing with it. */
    @Override
    public void onReject() {
      answered.accept(
          Result.of(
              new Answer.Refused(
                  "the server "
                      + settings.address().server()
                      + " answered with a reset: is CoAP what it speaks on that port?",
                  false)));
    }

    @Override
    public void onTimeout() {
      answered.accept(new Result(new Answer.Unknown(failure.silent()), Duration.ZERO, true));
    }

    @Override
    public void onSendError(Throwable error) {
      if (error instanceof IllegalStateException) { // the only one: no message id is free
        answered.accept(
            new Result(
                new Answer.Refused(
                    "CoAP has 65536 message ids for 247 s (RFC 7252, 4.4), and all are in use: it"
                        + " cannot go faster",
                    false),
                UNTIL_AN_ID_IS_FREE,
                false));
        return;
      }
      String why = failure.words(error);
      answered.accept(Result.of(new Answer.Refused(why, false)));
      events.lost(why);
    }

    @Override
    protected void failed() {
      answered.accept(Result.of(new Answer.Unknown("it was given up")));
    }
  }
}
