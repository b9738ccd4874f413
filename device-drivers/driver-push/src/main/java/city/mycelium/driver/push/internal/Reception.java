package city.mycelium.driver.push.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.driver.push.internal.kit.KitMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages over and waits until they are safe: whoever posts forgets what was answered with
 * success. Safe for use by many threads.
 */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  /** A wrong password costs as much as this many messages, so that nobody can guess for long. */
  private static final int PRICE_OF_A_WRONG_PASSWORD = 10;

  private static final Duration TRY_SOON = Duration.ofSeconds(10);
  private static final Duration TRY_WHEN_THERE_IS_ROOM = Duration.ofSeconds(60);

  private final Intake intake;
  private final Scheduler scheduler;
  private final Duration answerWithin;
  private final Credentials credentials;
  private final RateLimit perDevice;
  private final RateLimit guesses;
  private final Setups setups = new Setups();
  private final AtomicBoolean troubled = new AtomicBoolean();

  /**
   * A new reception.
   *
   * @param scheduler for giving up waiting; closed by whoever made it
   */
  Reception(Intake intake, Clock clock, Scheduler scheduler, IntakeSettings settings) {
    this.intake = intake;
    this.scheduler = scheduler;
    answerWithin = settings.answerWithin();
    credentials = settings.credentials();
    perDevice = new RateLimit(settings.perMinutePerDevice(), clock);
    guesses = new RateLimit(settings.perMinutePerRemote(), clock);
  }

  /**
   * Keeps what one request says, together or not at all.
   *
   * @param remote the address it came from
   */
  Verdict receive(String remote, Login login, List<KitMessage> messages) {
    Set<DeviceId> devices = new LinkedHashSet<>();
    messages.forEach(message -> devices.add(message.device()));
    Optional<Answer> obstacle = obstacle(remote, login, devices);
    if (obstacle.isPresent()) {
      return new Verdict.TurnedAway(obstacle.get());
    }
    Submission submission = new Submission(messages);
    if (submission.readings.isEmpty()) {
      return new Verdict.Kept(Map.of());
    }
    return Workers.undisturbed(() -> submit(submission));
  }

  private Optional<Answer> obstacle(String remote, Login login, Set<DeviceId> devices) {
    for (DeviceId device : devices) {
      Optional<Duration> tooMany = perDevice.spend(device.value());
      if (tooMany.isPresent()) {
        return Optional.of(
            Answer.tryLater(
                Answer.TOO_MANY_REQUESTS,
                "device " + device + " posts too often; nothing of this request is kept",
                tooMany.get()));
      }
      Optional<Answer> stranger = stranger(remote, login, device);
      if (stranger.isPresent()) {
        return stranger;
      }
    }
    return Optional.empty();
  }

  private Optional<Answer> stranger(String remote, Login login, DeviceId device) {
    if (credentials.admit(device, login)) {
      return Optional.empty();
    }
    Optional<Duration> tooManyGuesses = guesses.spend(remote, PRICE_OF_A_WRONG_PASSWORD);
    if (tooManyGuesses.isPresent()) {
      return Optional.of(
          Answer.tryLater(
              Answer.TOO_MANY_REQUESTS, "too many wrong passwords", tooManyGuesses.get()));
    }
    LOG.debug("{} at {} did not show the right password", device, remote);
    return Optional.of(
        Answer.error(
            Answer.UNAUTHORIZED,
            "authorization failed",
            Map.of("WWW-Authenticate", "Basic realm=\"Mycelium\"")));
  }

  /** Readings of all messages, with the way back from each to its message. */
  private final class Submission {
    final List<Reading> readings = new ArrayList<>();
    final List<Integer> origins = new ArrayList<>();
    final List<Reading> newSetups = new ArrayList<>();

    Submission(List<KitMessage> messages) {
      for (int i = 0; i < messages.size(); i++) {
        KitMessage message = messages.get(i);
        List<Reading> news = setups.news(message.setups());
        if (message.results().isEmpty() && news.isEmpty()) {
          continue;
        }
        newSetups.addAll(news);
        add(i, message.results(), message);
        add(i, news, message);
      }
    }

    private void add(int origin, List<Reading> said, KitMessage message) {
      String key = RepeatKeys.keyFor(message);
      Duration repeatsWithin = RepeatKeys.repeatsWithin(message).orElse(null);
      for (Reading reading : said) {
        readings.add(
            new Reading(
                reading.channel(), reading.phenomenonTime(), reading.result(), key, repeatsWithin));
        origins.add(origin);
      }
    }
  }

  private Verdict submit(Submission submission) {
    CompletableFuture<Acceptance> accepted =
        intake.submit(submission.readings, Urgency.ACKNOWLEDGED).copy();
    Cancellable alarm =
        scheduler.after(answerWithin, () -> accepted.completeExceptionally(new TimeoutException()));
    try {
      Acceptance acceptance = accepted.get();
      setups.kept(submission.newSetups);
      if (troubled.getAndSet(false)) {
        LOG.info("What kits post is kept again");
      }
      return kept(submission, acceptance);
    } catch (ExecutionException e) {
      return new Verdict.TurnedAway(unavailable(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.TurnedAway(unavailable(e));
    } finally {
      alarm.cancel();
    }
  }

  private static Verdict kept(Submission submission, Acceptance acceptance) {
    Map<Integer, List<String>> refusals = new LinkedHashMap<>();
    for (Acceptance.Refusal refusal : acceptance.refusals()) {
      refusals
          .computeIfAbsent(submission.origins.get(refusal.index()), origin -> new ArrayList<>())
          .add(refusal.why());
    }
    return new Verdict.Kept(refusals);
  }

  private Answer unavailable(@Nullable Throwable cause) {
    if (cause instanceof IntakeException trouble) {
      say(String.valueOf(trouble.getMessage()));
      return Answer.tryLater(
          Answer.SERVICE_UNAVAILABLE,
          "the gateway could not keep this: " + trouble.getMessage() + ". Send it again later",
          trouble.reason() == IntakeException.Reason.STORAGE ? TRY_WHEN_THERE_IS_ROOM : TRY_SOON);
    }
    if (cause instanceof TimeoutException || cause instanceof InterruptedException) {
      say("no answer from the journal within " + answerWithin);
      return Answer.tryLater(
          Answer.SERVICE_UNAVAILABLE,
          "the gateway did not keep this in time. Send it again; it will not be counted twice",
          TRY_SOON);
    }
    throw new IllegalStateException("the intake failed with something it does not promise", cause);
  }

  private void say(String why) {
    if (!troubled.getAndSet(true)) {
      LOG.warn("What kits post cannot be kept, and they are asked to send it again: {}", why);
    }
  }
}
