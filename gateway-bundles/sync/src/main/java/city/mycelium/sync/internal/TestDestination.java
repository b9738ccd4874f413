package city.mycelium.sync.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Reach;
import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Inquiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * {@code destination test}: what works and what does not, a sentence per layer, from the
 * configuration to an Observation that is told again and asked for. Says nothing that the platform
 * was not told before. It ends, whatever hangs.
 */
final class TestDestination implements Command {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Name, route, TLS, login with and without, each in its own time. */
  private static final int LAYERS = 7;

  private static final String READ_BACK = "read back";

  private final Destinations destinations;
  private final Duration patience;

  TestDestination(Destinations destinations) {
    this(destinations, PATIENCE);
  }

  /**
   * The command.
   *
   * @param patience for each layer
   */
  TestDestination(Destinations destinations, Duration patience) {
    this.destinations = destinations;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "destination test";
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    String name = Arguments.required(arguments, "destination");
    boolean evenIfKeptTwice = Boolean.parseBoolean(arguments.get("publish"));
    Destinations.Configured configured = destinations.all().get(name);
    if (configured == null) {
      throw new CommandException(
          "there is no destination '" + name + "'; known are " + destinations.all().keySet());
    }
    List<Check> checks = new ArrayList<>();
    DestinationSync sync = configured.running();
    checks.add(
        new Check(
            "configuration",
            sync != null,
            sync != null
                ? "it is configured, its dialect and connector are there"
                : configured.trouble()));
    checks.addAll(connection(configured));
    if (sync != null) {
      boolean isReached = Reach.allOk(checks);
      checks.add(destinations.ask(name, TestDestination::data));
      checks.addAll(isReached ? publish(configured, sync, evenIfKeptTwice) : notTried());
    }
    return answer(name, checks);
  }

  private static Map<String, Object> answer(String name, List<Check> checks) {
    List<Object> rows = new ArrayList<>();
    for (Check check : checks) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("layer", check.layer());
      if (check.finding() != Check.Finding.UNTRIED) {
        row.put("works", check.ok());
      }
      row.put("found", check.sentence());
      rows.add(row);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("destination", name);
    answer.put("sound", Reach.allOk(checks));
    answer.put("checks", rows);
    return answer;
  }

  private List<Check> connection(Destinations.Configured configured) {
    Duration whole = patience.multipliedBy(LAYERS);
    return inTime(
        () -> configured.probe(patience),
        whole,
        List.of(
            new Check(
                "connection",
                false,
                "trying it did not come to an end within "
                    + Reach.words(whole)
                    + ": something on the way hangs, such as a network drive; look at the gateway's"
                    + " log")));
  }

  /** What blocks is left behind, on a thread that ends with it. */
  private static <T> T inTime(Supplier<T> question, Duration patience, T otherwise) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException e) { // a connector's or a dialect's: told to who asked
                answer.completeExceptionally(e);
              }
            },
            "mycelium-destination-test");
    thread.setDaemon(true);
    thread.start();
    return inTime(answer, patience, otherwise);
  }

  private static <T> T inTime(CompletableFuture<T> answer, Duration patience, T otherwise) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return otherwise;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    }
  }

  private static Check data(DestinationSync sync) {
    if (sync.isPaused()) {
      return new Check("data", false, "it is paused: mycelium destination resume");
    }
    long waiting = sync.journal().lastOffset() - sync.progress().position();
    String far =
        sync.progress().position()
            + " offsets are done with, "
            + waiting
            + " wait; "
            + sync.trials().lastDelivered();
    if (!sync.isConnected()) {
      return new Check(
          "data", false, "it is not connected; " + far + ". It tries again: " + sync.lastError());
    }
    boolean isHeldUp =
        waiting > 0
            && !sync.lastError().isEmpty()
            && sync.lastErrorAt() >= sync.trials().lastDeliveredAt();
    return new Check(
        "data", !isHeldUp, isHeldUp ? far + "; the last error was: " + sync.lastError() : far);
  }

  private static List<Check> notTried() {
    String why = "not tried: first mend what does not work above";
    return List.of(Check.untried(Trial.LAYER, why), Check.untried(READ_BACK, why));
  }

  private List<Check> publish(
      Destinations.Configured configured, DestinationSync sync, boolean evenIfKeptTwice) {
    Trial trial =
        inTime(
            sync.tryAgain(evenIfKeptTwice, patience),
            patience.multipliedBy(2),
            Trial.failed("it does not answer: see the gateway's log"));
    return List.of(trial.publish(), readBack(configured, trial));
  }

  private Check readBack(Destinations.Configured configured, Trial trial) {
    if (trial.publish().finding() != Check.Finding.WORKS) {
      return Check.untried(READ_BACK, "not tried: nothing was published");
    }
    Inquiry inquiry = trial.inquiry().orElse(null);
    if (inquiry == null) {
      return trial.isStored()
          ? new Check(
              READ_BACK, true, "the receiver acknowledges what it has stored, and nothing else")
          : Check.untried(
              READ_BACK, "not tried: in this dialect the platform offers no way to ask");
    }
    Answer answer =
        inTime(
            () -> configured.ask(inquiry.question(), patience),
            patience.multipliedBy(2),
            new Answer.Unknown("nobody answered in time"));
    if (answer instanceof Answer.Replied replied) {
      Inquiry.Finding finding = inquiry.reading().apply(replied);
      return new Check(READ_BACK, finding.isHeld(), finding.sentence());
    }
    String why =
        answer instanceof Answer.Refused refused
            ? refused.why()
            : answer instanceof Answer.Unknown unknown ? unknown.why() : answer.toString();
    return Check.untried(READ_BACK, "the platform could not be asked: " + why);
  }
}
