package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Catalogue;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Inquiry;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.time.Scheduler;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a platform and heard from it: the dialect's turns over the connector's session.
 * Owned by the Destination's Scheduler.
 */
final class Conversation implements AutoCloseable {

  private static final String STATE = "sync.dialect";

  private final Dialect dialect;
  private final Link link;
  private final Scheduler scheduler;
  private final Notebook notebook;
  private final Budget budget;
  private final Owner owner;
  private byte[] state = new byte[0];
  private Catalogue introduced = Catalogue.EMPTY;

  /** Read by the connector's thread before each attempt to connect. */
  private volatile Optional<Message> farewell = Optional.empty();

  private Connector.@Nullable Session session;

  /** Of the session; what an earlier one may still say is not heard. */
  private @Nullable Ears ears;

  /** Who is told what is heard, on the Scheduler. */
  interface Owner {
    void connected();

    void disconnected(String why);

    /** A message is handed to the transport. */
    void said(Turn.Dispatch dispatch);

    /** The transport knows what became of a message; before the outcomes that follow from it. */
    void answered(OffsetRange covers, Answer answer);

    /** Something is known. */
    void concluded(Outcome outcome, Source source);
  }

  /** Where an outcome comes from. */
  enum Source {
    /** The dialect itself, while it wrote the message, which goes all the same. */
    WRITING,
    /** What the transport said about the message. */
    ANSWER,
    /** What the far end says by itself: it may be older than what is out now. */
    RETURN_PATH
  }

  /** Not opened yet. */
  Conversation(
      Dialect dialect,
      Link link,
      Scheduler scheduler,
      Notebook notebook,
      Budget budget,
      Owner owner) {
    this.dialect = dialect;
    this.link = link;
    this.scheduler = scheduler;
    this.notebook = notebook;
    this.budget = budget;
    this.owner = owner;
  }

  /** Opens the connection; after {@link #load}. */
  void open(Connector connector) {
    Ears fresh = new Ears();
    ears = fresh;
    session = connector.open(() -> farewell, dialect.inboundChannels(link), fresh);
  }

  void load() throws JournalException {
    state = notebook.get(STATE).orElseGet(() -> new byte[0]);
    farewell = dialect.farewell(link, state);
  }

  /** The connector's thread only hands over; the work is done by the Scheduler. */
  private final class Ears implements Connector.Listener {
    @Override
    public void connected() {
      hear(owner::connected);
    }

    @Override
    public void disconnected(String why) {
      hear(() -> owner.disconnected(why));
    }

    @Override
    public void received(Message message) {
      hear(() -> say(new DialectEvent.Received(message)));
    }

    private void hear(Runnable what) {
      scheduler.execute(
          () -> {
            if (ears == this) {
              what.run();
            }
          });
    }
  }

  /** Somebody is there who has heard nothing yet. */
  void greet(Catalogue catalogue, long now) {
    introduced = catalogue;
    say(new DialectEvent.Connected(catalogue, now));
  }

  /**
   * Says whose data comes, unless just that was said last on this connection: most of what the
   * registry learns is not for this recipient, and a link may be metered.
   */
  void introduce(Catalogue catalogue, long now) {
    if (!catalogue.equals(introduced)) {
      introduced = catalogue;
      say(new DialectEvent.CatalogueChanged(catalogue, now));
    }
  }

  /** One turn of the dialect: its messages go out, its outcomes are told. */
  void say(DialectEvent event) {
    Turn turn = dialect.turn(link, state, event);
    if (!Arrays.equals(turn.state(), state)) {
      state = turn.state();
      notebook.put(STATE, state);
      farewell = dialect.farewell(link, state);
    }
    turn.dispatches().forEach(this::send);
    turn.outcomes().forEach(outcome -> owner.concluded(outcome, source(event)));
    if (turn.hangUp() && session != null) {
      session.hangUp();
    }
  }

  /** Whether the platform keeps once what it is told twice. */
  boolean isRepeatHarmless() {
    return dialect.isRepeatHarmless(link);
  }

  /** How the platform can be asked whether it holds what it was told. */
  Optional<Inquiry> inquiry(Described told) {
    return dialect.inquiry(link, state, told);
  }

  private void send(Turn.Dispatch dispatch) {
    if (session == null) {
      return; // nobody says anything before the connection is opened
    }
    OffsetRange covers = dispatch.covers();
    owner.said(dispatch);
    budget.spend(dispatch.message().payload().length);
    var unused =
        session
            .send(dispatch.message())
            .thenAccept(
                answer -> {
                  if (covers != null || !dispatch.tag().isEmpty()) {
                    scheduler.execute(() -> answered(covers, dispatch.tag(), answer));
                  }
                });
  }

  private static Source source(DialectEvent event) {
    if (event instanceof DialectEvent.Send) {
      return Source.WRITING;
    }
    return event instanceof DialectEvent.Answered ? Source.ANSWER : Source.RETURN_PATH;
  }

  private void answered(@Nullable OffsetRange covers, String tag, Answer answer) {
    if (covers != null) {
      owner.answered(covers, answer);
    }
    say(new DialectEvent.Answered(covers, tag, answer));
  }

  /** Ends the connection; on the Scheduler, or when that is closed. May be opened again. */
  @Override
  public void close() {
    ears = null;
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
