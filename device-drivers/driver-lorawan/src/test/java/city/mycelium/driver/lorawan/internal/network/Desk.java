package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.time.Duration;
import java.util.Random;

/**
 * A network on a desk: its clock stands still until it is told, its store and its delivery do what
 * the test says, and two concentrators hear. For one thread.
 */
final class Desk {

  static final long HZ = 868_100_000L;
  static final DataRate SF7 = new DataRate.Lora(7, 125);

  final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  final HandScheduler scheduler = new HandScheduler(clock);
  final HeldStore store = new HeldStore();
  final FakeDevices devices = new FakeDevices();
  final FakeDelivery delivery = new FakeDelivery();
  final FakeConcentrator north = new FakeConcentrator(0xa1);
  final FakeConcentrator south = new FakeConcentrator(0xa2);
  NetworkSettings settings =
      NetworkSettings.in(Region.named("EU868"))
          .withCopiesWithin(Duration.ZERO)
          .withAskStatusEvery(Duration.ZERO);
  Network network;

  Desk() {
    restart();
  }

  /** The gateway's process ends, and another one starts on what is synced. */
  void restart() {
    store.lose();
    if (network != null) {
      scheduler.pass(Duration.ofHours(2)); // what was planned by the old one is over
    }
    restartAtOnce();
  }

  /** The same at once: no time passes. */
  void restartAtOnce() {
    store.lose();
    network =
        new Network(settings, devices, delivery, store, clock, clock, scheduler, new Random(7));
    network.start();
    scheduler.runDue();
  }

  void with(NetworkSettings other) {
    settings = other;
    restart();
  }

  Reception reception(FakeConcentrator by, DataRate rate, double snr) {
    return new Reception(by.eui(), clock.monotonicNanos(), HZ, rate, -80, snr, "context");
  }

  /** The north concentrator hears a frame now. */
  void hear(byte[] frame) {
    hear(frame, north, 5);
  }

  void hear(byte[] frame, FakeConcentrator by, double snr) {
    hear(frame, by, SF7, snr);
  }

  void hear(byte[] frame, FakeConcentrator by, DataRate rate, double snr) {
    network.heard(new Uplink(frame, reception(by, rate, snr)), by);
    scheduler.runDue();
  }

  /** Lets a device join, all the way. */
  void join(VirtualDevice device) throws Exception {
    hear(device.joinRequest());
    device.joined(north.takeOnly());
  }

  NetworkSnapshot snapshot() {
    var snapshot = network.snapshot();
    scheduler.runDue();
    return snapshot.join();
  }

  long refused(Refusal why) {
    return snapshot().refusals().getOrDefault(why, 0L);
  }

  String said(int index) {
    return new String(
        delivery.payloads.get(index).bytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
