package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform with its connector and its dialect in one, in memory: keeps what reaches it, and
 * answers only when the test lets it. Its wire is the plainest there is: {@code
 * first-last:offset,offset,…}.
 */
final class FakePlatform implements Connector, Dialect {

  /** A message on its way, and the promise to say what became of it. */
  record Sent(
      OffsetRange covers, List<Long> offsets, long dropped, CompletableFuture<Answer> answer) {}

  final List<Sent> sent = new ArrayList<>();
  final List<Catalogue> introductions = new ArrayList<>();
  final Map<Long, Described> described = new TreeMap<>();
  final Set<Long> unspeakable = new HashSet<>();

  /** Says of these, while it writes, that they have to wait. */
  final Set<Long> heldBack = new HashSet<>();

  boolean closed;
  int hangUps;

  /** How many bytes of payload a message has; 0 for as many as its words need. */
  int weight;

  private @Nullable Listener listener;
  private final Deque<Sent> next = new ArrayDeque<>();

  /** How many Observations go in one message of its own at most; the rest of a Send in others. */
  int mostPerMessage = Integer.MAX_VALUE;

  /** Asks this when it is connected, with the question as the tag; empty for nothing. */
  String asks = "";

  /** What came back with the tag of a question. */
  final List<String> answers = new ArrayList<>();

  /** Its state is how many Sends it has seen, and it hangs up after so many. */
  int hangsUpAfter = -1;

  /** Whether it keeps once what it is told twice. */
  boolean keepsOnce = true;

  /** Whether it can be asked for what it holds. */
  boolean canBeAsked = true;

  /** Answers without being let; over the return path too, where that is the proof. */
  boolean answersAtOnce;

  /** Looks first whether it is there, instead of sending what was sent before. */
  boolean looksFirst;

  /** As the far end would say it now. */
  Supplier<Optional<Message>> farewell = Optional::empty;

  // --- the connector

  @Override
  public Session open(Supplier<Optional<Message>> farewell, Set<String> inbound, Listener owner) {
    listener = owner;
    this.farewell = farewell;
    return new Session() {
      @Override
      public CompletableFuture<Answer> send(Message message) {
        Sent now = message.channel().equals("data") ? next.poll() : null;
        if (now == null) {
          return CompletableFuture.completedFuture(new Answer.Replied(0, new byte[0]));
        }
        sent.add(now);
        if (answersAtOnce) {
          now.answer().complete(new Answer.Replied(0, new byte[0]));
        }
        return now.answer();
      }

      @Override
      public void hangUp() {
        hangUps++;
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  void connect() {
    owner().connected();
  }

  void disconnect() {
    owner().disconnected("the test pulled the plug");
    sent.forEach(message -> message.answer().complete(new Answer.Unknown("the plug was pulled")));
  }

  /**
   * Says something over the return path: {@code ack <epoch> <first> <last>}, {@code lack …} or
   * {@code refuse …}.
   */
  void say(String words) {
    owner().received(new Message("ack", "text/plain", bytes(words), false));
  }

  void acknowledge(long epoch, long first, long last) {
    say("ack " + epoch + " " + first + " " + last);
  }

  private Listener owner() {
    if (listener == null) {
      throw new IllegalStateException("not opened");
    }
    return listener;
  }

  List<Long> offsetsSent() {
    return sent.stream().flatMap(message -> message.offsets().stream()).toList();
  }

  // --- the dialect

  @Override
  public Set<String> inboundChannels(Link link) {
    return Set.of("ack");
  }

  @Override
  public boolean isRepeatHarmless(Link link) {
    return keepsOnce;
  }

  @Override
  public Optional<Inquiry> inquiry(Link link, byte[] state, Described told) {
    return canBeAsked
        ? Optional.of(
            new Inquiry(
                Message.get("held/" + told.observation().identity().offset(), "text/plain"),
                replied -> new Inquiry.Finding(replied.body().length > 0, "it says so")))
        : Optional.empty();
  }

  @Override
  public Turn turn(Link link, byte[] state, DialectEvent event) {
    List<Turn.Dispatch> dispatches = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    byte[] after = state;
    boolean hangUp = false;
    if (event instanceof DialectEvent.Connected connected) {
      introductions.add(connected.catalogue());
      if (!asks.isEmpty()) {
        dispatches.add(new Turn.Dispatch(Message.get("question", "text/plain"), null, asks));
      }
    } else if (event instanceof DialectEvent.CatalogueChanged changed) {
      introductions.add(changed.catalogue());
    } else if (event instanceof DialectEvent.Send send) {
      List<Long> all =
          send.observations().stream().map(d -> d.observation().identity().offset()).toList();
      List<Long> offsets = all.stream().filter(offset -> !unspeakable.contains(offset)).toList();
      all.stream()
          .filter(unspeakable::contains)
          .forEach(o -> outcomes.add(new Outcome.Rejected(new OffsetRange(o, o), "no words")));
      all.stream()
          .filter(heldBack::contains)
          .forEach(o -> outcomes.add(new Outcome.SendAgain(new OffsetRange(o, o), "it waits")));
      send.observations().forEach(d -> described.put(d.observation().identity().offset(), d));
      if (hangsUpAfter >= 0) {
        after = new byte[] {(byte) ((state.length == 0 ? 0 : state[0]) + 1)};
        hangUp = after[0] == hangsUpAfter;
      }
      if (link.proof() == Link.Proof.ANSWER && offsets.isEmpty()) {
        return new Turn(
            after, List.of(), List.of(new Outcome.Delivered(link.epoch(), send.covers())), hangUp);
      }
      long first = send.covers().first();
      int from = 0;
      do {
        int to = (int) Math.min((long) from + mostPerMessage, offsets.size());
        long last = to == offsets.size() ? send.covers().last() : offsets.get(to) - 1;
        OffsetRange covers = new OffsetRange(first, last);
        next.add(
            new Sent(covers, offsets.subList(from, to), send.dropped(), new CompletableFuture<>()));
        Message message = new Message("data", "text/plain", payload(send), false);
        dispatches.add(new Turn.Dispatch(looksFirst ? message.by(Verb.GET) : message, covers));
        first = last + 1;
        from = to;
      } while (from < offsets.size());
    } else if (event instanceof DialectEvent.Answered answered) {
      if (answered.tag().isEmpty()) {
        outcomes.addAll(conclude(link, answered));
      } else {
        answers.add(answered.tag() + " " + answered.answer());
      }
    } else if (event instanceof DialectEvent.Received received) {
      String[] words =
          new String(received.message().payload(), StandardCharsets.UTF_8).split(" ", 4);
      OffsetRange offsets = new OffsetRange(Long.parseLong(words[2]), Long.parseLong(words[3]));
      long epoch = Long.parseLong(words[1]);
      switch (words[0]) {
        case "ack" -> outcomes.add(new Outcome.Delivered(epoch, offsets));
        case "lack" -> outcomes.add(new Outcome.Missing(epoch, offsets));
        default -> outcomes.add(new Outcome.Rejected(offsets, "the far end: cannot be read"));
      }
    }
    return new Turn(after, dispatches, outcomes, hangUp);
  }

  /** Its farewell tells its state. */
  @Override
  public Optional<Message> farewell(Link link, byte[] state) {
    return Optional.of(new Message("state", "text/plain", state, true));
  }

  private List<Outcome> conclude(Link link, DialectEvent.Answered answered) {
    if (answered.answer() instanceof Answer.Refused refused && refused.permanent()) {
      return List.of(new Outcome.Rejected(answered.covers(), refused.why()));
    }
    if (answered.answer() instanceof Answer.TooLarge large) {
      return List.of(new Outcome.TooLarge(answered.covers(), large.why()));
    }
    if (answered.answer() instanceof Answer.Replied replied && replied.body().length > 0) {
      return rowByRow(link, new String(replied.body(), StandardCharsets.UTF_8));
    }
    if (answered.answer() instanceof Answer.Replied) {
      return link.proof() == Link.Proof.ANSWER || answersAtOnce
          ? List.of(new Outcome.Delivered(link.epoch(), answered.covers()))
          : List.of();
    }
    return List.of(new Outcome.SendAgain(answered.covers(), "no answer"));
  }

  /** {@code took 1 3;refuse 4 4;again 5 9}. */
  private static List<Outcome> rowByRow(Link link, String text) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String row : text.split(";")) {
      String[] words = row.split(" ");
      OffsetRange offsets = new OffsetRange(Long.parseLong(words[1]), Long.parseLong(words[2]));
      outcomes.add(
          switch (words[0]) {
            case "took" -> new Outcome.Delivered(link.epoch(), offsets);
            case "refuse" -> new Outcome.Rejected(offsets, "row refused");
            default -> new Outcome.SendAgain(offsets, "row busy");
          });
    }
    return outcomes;
  }

  private byte[] payload(DialectEvent.Send send) {
    return weight > 0 ? new byte[weight] : bytes(send.covers().toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
