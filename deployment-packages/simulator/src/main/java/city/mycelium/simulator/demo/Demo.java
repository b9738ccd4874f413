package city.mycelium.simulator.demo;

import city.mycelium.simulator.town.Ledger;
import city.mycelium.simulator.town.Town;
import city.mycelium.simulator.town.TownPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** One demonstration, from the first process to the closing account. For one thread, once. */
final class Demo implements AutoCloseable {

  private static final Duration TO_DRAIN = Duration.ofSeconds(60);
  private static final Duration SHOW_EVERY = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(50);

  private final Settings settings;
  private final Screen screen;
  private final Town town;
  private String happening = "";

  /**
   * A demonstration; nothing runs yet.
   *
   * @param folder where everything that it makes is kept
   */
  Demo(Settings settings, Path folder, Screen screen) throws IOException {
    this.settings = settings;
    this.screen = screen;
    town =
        new Town(
            TownPlan.of(settings.home(), folder, settings.seed(), settings.speedup())
                .with(settings.further()));
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if something did not do what it must; the message is for a person
   */
  Ledger run() throws IOException, InterruptedException {
    screen.say("Starting a broker, a receiver and a gateway …");
    town.configure(town.brokerPort());
    town.startBroker();
    town.startGateway();
    town.startReceiver();
    town.awaitGateway();
    town.startNeighbourhood();
    play();
    town.stopNeighbourhood();
    happening = "the sensors are quiet, the backlog drains";
    town.drain(TO_DRAIN);
    town.drainFurther(TO_DRAIN);
    return town.reckon();
  }

  /** Ends every process that is still there. */
  @Override
  public void close() {
    town.close();
  }

  private void play() throws IOException, InterruptedException {
    Observer observer = new Observer(town);
    Deque<Mishap> mishaps =
        new ArrayDeque<>(Mishap.plan(settings.duration(), settings.outage(), settings.kills()));
    long start = System.nanoTime();
    Duration shown = SHOW_EVERY.negated();
    for (Duration elapsed = Duration.ZERO;
        elapsed.compareTo(settings.duration()) < 0;
        elapsed = Duration.ofNanos(System.nanoTime() - start)) {
      while (!mishaps.isEmpty() && mishaps.getFirst().at().compareTo(elapsed) <= 0) {
        letHappen(mishaps.removeFirst().kind());
      }
      town.checkAlive();
      if (elapsed.minus(shown).compareTo(SHOW_EVERY) >= 0) {
        shown = elapsed;
        screen.show(observer.look(elapsed, settings.duration(), happening, Instant.now()));
      }
      Thread.sleep(TICK.toMillis());
    }
  }

  private void letHappen(Mishap.Kind kind) throws IOException, InterruptedException {
    switch (kind) {
      case BROKER_STOPS -> {
        town.stopBroker();
        happening = "the broker is away; the gateway keeps everything";
      }
      case BROKER_RETURNS -> {
        town.startBroker();
        happening = "the broker is back";
      }
      case GATEWAY_KILLED -> {
        town.killGateway();
        town.startGateway();
        happening = "the gateway was killed (SIGKILL) and starts again";
      }
    }
  }
}
