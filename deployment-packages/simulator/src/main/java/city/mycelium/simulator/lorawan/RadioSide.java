package city.mycelium.simulator.lorawan;

import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.simulator.sender.AnswerLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The neighbourhood's LoRaWAN devices at work: two concentrators, the air, and who speaks. */
public final class RadioSide implements AutoCloseable {

  private static final long FIRST_CONCENTRATOR = 0x0200_0000_00cc_0000L;
  private static final int CONCENTRATORS = 2;

  /** Near the end of what its counter can show, so that it wraps while people watch. */
  private static final long COUNTER_START = (1L << 32) - 12_000_000;

  /** What is in the air is heard, waited for, decoded and kept in less than this. */
  private static final Duration TO_SETTLE = Duration.ofMillis(1_500);

  private static final int FIRST_WITHIN_MILLIS = 1_500;

  private final Scheduler scheduler;
  private final List<Scheduler> ears = new ArrayList<>();
  private final List<Forwarder> forwarders = new ArrayList<>();
  private final List<Mote> motes = new ArrayList<>();

  private RadioSide(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Everybody begins.
   *
   * @param gateway where it listens for packet forwarders
   * @param log takes what devices saw succeed, and what not
   */
  public static RadioSide start(
      InetSocketAddress gateway,
      List<Household> households,
      long seed,
      AnswerLog log,
      Clock clock,
      Schedulers schedulers)
      throws IOException {
    RadioSide side = new RadioSide(schedulers.serial("air"));
    for (int i = 0; i < CONCENTRATORS; i++) {
      side.forwarders.add(
          new Forwarder(
              new Eui(FIRST_CONCENTRATOR + 1 + i),
              gateway,
              COUNTER_START + 1_000_000L * i,
              clock,
              side.scheduler));
    }
    Air air = new Air(side.forwarders, Weather.rough(seed), side.scheduler);
    for (Forwarder forwarder : side.forwarders) {
      forwarder.start(
          side.ear(schedulers, "acknowledged"), side.ear(schedulers, "told"), air::emitted);
    }
    Random random = new Random(seed * 104_729 + 5);
    Region region = Region.named("EU868");
    for (Household household : households) {
      Mote mote =
          new Mote(
              new VirtualDevice(household.identity(), region, new Random(random.nextLong())),
              household.sensor(),
              household.snrDb(),
              household.batteryChangedEvery(),
              air,
              log,
              clock,
              side.scheduler,
              new Random(random.nextLong()));
      side.motes.add(mote);
      mote.start(Duration.ofMillis(random.nextInt(FIRST_WITHIN_MILLIS)));
    }
    return side;
  }

  private Scheduler ear(Schedulers schedulers, String what) {
    Scheduler ear = schedulers.serial("forwarder " + what);
    ears.add(ear);
    return ear;
  }

  /**
   * The devices fall silent; returns when the gateway has had time to do its part with what is in
   * the air, so that nothing arrives after the books were closed.
   */
  @Override
  public void close() {
    scheduler.execute(() -> motes.forEach(Mote::fallSilent));
    CountDownLatch settled = new CountDownLatch(1);
    scheduler.after(TO_SETTLE, settled::countDown);
    try {
      boolean unused = settled.await(2 * TO_SETTLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scheduler.close();
    forwarders.forEach(Forwarder::close);
    ears.forEach(Scheduler::close);
  }
}
