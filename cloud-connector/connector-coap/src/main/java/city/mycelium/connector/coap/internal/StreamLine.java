package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.connector.coap.internal.oscore.Protection;
import city.mycelium.connector.coap.internal.oscore.SequenceException;
import city.mycelium.connector.coap.internal.oscore.Unverified;
import city.mycelium.tls.Alpn;
import city.mycelium.tls.ClientHandshake;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.TcpDataParser;
import org.eclipse.californium.core.network.serialization.TcpDataSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * CoAP over TCP or TLS (RFC 8323), on a socket of the JDK's. Californium writes and reads the
 * messages; its own way over TCP sends no CSM, without which other servers do not answer. A message
 * that is more than the server takes at once (5.3.1) is not cut into blocks: sync makes it smaller.
 * What is done is done on one thread of the Line; another one reads.
 */
final class StreamLine implements Line, Asking {

  private static final Duration LEAVING = Duration.ofSeconds(2);
  private static final byte[] NO_TOKEN = {};

  /** RFC 8323, 8.2. */
  private static final Alpn ALPN = new Alpn(List.of("coap"));

  private final CoapSettings settings;
  private final Optional<Message> farewell;
  private final Set<String> inbound;
  private final Events events;
  private final Logger log;
  private final Requests requests;
  private final Answers answers;
  private final Failure failure;
  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable Socket socket;
  private volatile @Nullable Protection protection;
  private volatile boolean ended;
  private volatile boolean stood;

  // From here on: touched on the Line's thread only.

  /** Who waits for an answer, and who listens, by token. */
  private final Map<Token, Consumer<@Nullable Response>> pending = new HashMap<>();

  private final Map<Token, Channel> channels = new HashMap<>();
  private final Deque<String> toListenTo = new ArrayDeque<>();
  private final TcpDataSerializer serializer = new TcpDataSerializer();
  private final TcpDataParser parser = new TcpDataParser();
  private @Nullable Registration registration;
  private boolean greeted;
  private int largest = Frames.USUAL_MAXIMUM;
  private int lastToken;

  StreamLine(
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
            1, task -> daemon(task, "line"), new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  private Thread daemon(Runnable task, String part) {
    Thread made = new Thread(task, "coap-" + settings.name() + "-" + part);
    made.setDaemon(true);
    return made;
  }

  @Override
  public void open() throws SetupException {
    SSLSocketFactory tls =
        settings.security() instanceof Security.Certificates files ? Keys.sockets(files) : null;
    ObjectSecurity oscore = settings.oscore();
    if (oscore != null) {
      protection = oscore.protection();
    }
    daemon(() -> connectAndRead(tls), "reader").start();
  }

  private void connectAndRead(@Nullable SSLSocketFactory tls) {
    try (Socket plain = new Socket()) {
      socket = plain;
      if (ended) {
        return;
      }
      plain.setTcpNoDelay(true);
      int timeout = Math.toIntExact(settings.pace().connectTimeout().toMillis());
      String host = settings.address().host().replaceAll("[\\[\\]]", "");
      plain.connect(
          new InetSocketAddress(InetAddress.getByName(host), settings.address().port()), timeout);
      Socket spoken = tls == null ? plain : secured(tls, plain, settings.address());
      socket = spoken;
      work(() -> write(Frames.csm()));
      InputStream in = spoken.getInputStream();
      while (true) {
        Frames.Frame frame = Frames.read(in);
        work(() -> heard(frame));
      }
    } catch (IOException | RuntimeException e) { // whatever it is, the line is over
      if (!ended) {
        events.lost(failure.words(e));
      }
    }
  }

  /** TLS as CoAP has it: the certificate bears the host's name (RFC 8323, 9.1). */
  static SSLSocket secured(SSLSocketFactory tls, Socket plain, CoapAddress server)
      throws IOException {
    return ClientHandshake.over(plain, tls, server.host(), server.port(), ALPN);
  }

  private void work(Runnable task) {
    thread.execute(() -> supervised(task));
  }

  private void supervised(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) { // what cannot be read, or a bug: begin anew, and say so
      log.warn("destination {}: a CoAP connection failed", settings.name(), e);
      events.lost(failure.words(e));
    }
  }

  private void write(byte[] bytes) {
    Socket open = socket;
    if (open == null) {
      return;
    }
    try {
      open.getOutputStream().write(bytes);
    } catch (IOException e) {
      if (!ended) {
        events.lost(failure.words(e));
      }
    }
  }

  private void heard(Frames.Frame frame) {
    events.alive();
    if (frame.isSignal()) {
      signal(frame);
    } else if (parser.parseMessage(frame.bytes()) instanceof Response response) {
      response(response);
    } // a request: we serve none
  }

  private void signal(Frames.Frame frame) {
    switch (frame.code()) {
      case Frames.CSM -> {
        largest = frame.maximumMessageSize(largest);
        if (!greeted) {
          greeted = true;
          toListenTo.addAll(inbound);
          listenToNext();
        }
      }
      case Frames.PING -> write(Frames.signal(Frames.PONG, frame.token()));
      case Frames.RELEASE -> events.lost(failure.saidGoodbye("it asks to be left"));
      case Frames.ABORT -> events.lost(failure.saidGoodbye(frame.words()));
      default -> {
        // A pong was heard already; what is not known is passed over (RFC 8323, 5.1).
      }
    }
  }

  private void response(Response outer) {
    Protection held = protection;
    Response response = held == null ? outer : held.open(outer);
    Consumer<@Nullable Response> waits = pending.remove(response.getToken());
    if (waits != null) {
      waits.accept(response);
      return;
    }
    Channel channel = channels.get(response.getToken());
    if (channel == null) {
      return; // given up before
    }
    if (response instanceof Unverified answer) {
      log.debug("destination {}: not believed: {}", settings.name(), answers.why(answer));
    } else if (response.isSuccess()) { // RFC 8323, 7.1: they come in order
      events.received(Answers.received(channel.name, response, false));
    } else {
      events.lost(failure.notObservable(channel.name, response.getCode().text));
    }
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
    ask(
        settings.address(),
        request,
        response -> {
          if (response == null) {
            events.lost(failure.silent());
          } else if (response instanceof Unverified answer) {
            events.lost(answers.why(answer));
          } else if (!response.isSuccess() || !response.getOptions().hasObserve()) {
            events.lost(
                failure.notObservable(
                    name, response.isSuccess() ? "it answers once only" : response.getCode().text));
          } else {
            channels.put(request.getToken(), new Channel(name, request));
            if (response.getPayloadSize() > 0) {
              events.received(Answers.received(name, response, true));
            }
            listenToNext();
          }
        });
  }

  @Override
  public Runnable send(Message message, Consumer<Result> answered) {
    Request request = requests.of(message);
    Token token = nextToken(request);
    work(() -> send(request, token, answered));
    return () -> work(() -> pending.remove(token));
  }

  private void send(Request request, Token token, Consumer<Result> answered) {
    byte[] bytes = written(request);
    if (bytes == null) {
      answered.accept(Result.of(new Answer.Unknown(failure.closed())));
      return;
    }
    if (bytes.length > largest) {
      answered.accept(
          Result.of(
              new Answer.TooLarge(
                  "a message of "
                      + bytes.length
                      + " bytes is more than the "
                      + largest
                      + " that the server "
                      + settings.address().server()
                      + " takes at once over TCP")));
      return;
    }
    pending.put(
        token,
        response -> {
          if (response == null) {
            answered.accept(Result.of(new Answer.Unknown(failure.silent())));
            return;
          }
          Optional<Request> again = Echo.again(request, response);
          if (again.isPresent()) {
            again.get().setToken(token);
            send(again.get(), token, answered);
          } else {
            answered.accept(answers.of(response));
          }
        });
    write(bytes);
  }

  /** As it goes out; null if it cannot be protected: then the line is over. */
  private byte @Nullable [] written(Request request) {
    Protection held = protection;
    try {
      return serializer.getByteArray(held == null ? request : held.protect(request));
    } catch (SequenceException e) {
      events.lost(failure.words(e));
      return null;
    }
  }

  private synchronized Token nextToken(Request request) {
    Token token = new Token(ByteBuffer.allocate(Integer.BYTES).putInt(++lastToken).array());
    request.setToken(token);
    return token;
  }

  @Override
  public void ask(CoapAddress server, Request request, Consumer<@Nullable Response> heard) {
    Token token = nextToken(request);
    ask(request, token, heard);
  }

  private void ask(Request request, Token token, Consumer<@Nullable Response> heard) {
    byte[] bytes = written(request);
    if (bytes == null) {
      heard.accept(null);
      return;
    }
    pending.put(
        token,
        response -> {
          Optional<Request> again =
              response == null ? Optional.empty() : Echo.again(request, response);
          if (again.isPresent()) {
            again.get().setToken(token);
            ask(again.get(), token, heard);
          } else {
            heard.accept(response);
          }
        });
    write(bytes);
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

  @Override
  public void ping() {
    work(() -> write(Frames.signal(Frames.PING, NO_TOKEN)));
  }

  @Override
  public String whySilent() {
    return failure.silentFromTheBeginning();
  }

  @Override
  public void leave() {
    if (stood) {
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
      try {
        var unused = said.await(LEAVING.toMillis(), TimeUnit.MILLISECONDS); // then without
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    cut();
  }

  @Override
  public void cut() {
    ended = true;
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Then it is closed already.
      }
    }
    thread.shutdownNow();
    Protection held = protection;
    if (held != null) { // which may have waited for the medium until now
      held.close();
    }
  }
}
