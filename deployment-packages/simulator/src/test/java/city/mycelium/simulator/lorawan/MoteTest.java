package city.mycelium.simulator.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.time.Schedulers;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.region.Region;
import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.simulator.lorawan.FakeGateway.Report;
import city.mycelium.simulator.sender.AnswerLog;
import city.mycelium.simulator.sender.Answers;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device, the air and a forwarder, against a gateway's UDP port. Only the datagrams are real. */
class MoteTest {

  private static final long EVERY_SECONDS = 60;
  private static final Duration MICRO = Duration.ofNanos(1_000);

  @TempDir private Path folder;

  private final LeapingClock clock = LeapingClock.at("2026-11-26T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final Schedulers threads = new ThreadSchedulers();
  private final Identity identity =
      Identity.of(Eui.parse("0200000000c00009"), "bosch-tps110", false, new Random(1));
  private final TownNetwork network = new TownNetwork(identity);
  private final VirtualDevice device =
      new VirtualDevice(identity, Region.named("EU868"), new Random(2));

  private FakeGateway gateway;
  private Forwarder forwarder;
  private Air air;
  private AnswerLog log;
  private boolean confirmed = true;
  private int reported;

  @BeforeEach
  void begin() throws Exception {
    gateway = new FakeGateway();
    // The counter wraps two seconds after the beginning.
    forwarder =
        new Forwarder(
            new Eui(0x0200_0000_00cc_0001L),
            gateway.address(),
            (1L << 32) - 2_000_000,
            clock,
            scheduler);
    air = new Air(List.of(forwarder), Weather.fair(), scheduler);
    log = AnswerLog.appendTo(folder.resolve("answers"));
    forwarder.start(threads.serial("up"), threads.serial("down"), air::emitted);
    gateway.awaitWayDown();
  }

  @AfterEach
  void end() throws Exception {
    forwarder.close();
    gateway.close();
    log.close();
  }

  @Test
  void joinsReportsAndPromisesOnlyWhatWasAcknowledged() throws Exception {
    mote(0).start(Duration.ZERO);
    join(1);
    Report said = next(2);
    DataFrame frame = TownNetwork.data(said.frame());
    assertThat(frame.plain(network.keys(), 0)).containsExactly(1);
    assertThat(promised()).as("nothing is promised yet").isEmpty();

    assertThat(answer(said, network.acknowledge(), 1_000_000)).contains("NONE");
    scheduler.pass(Duration.ofSeconds(1));

    assertThat(promised())
        .containsExactly(new PostedValue("lorawan.0200000000c00009/bay", 1.0, null));
    assertThat(air.missed()).isZero();
    assertThat(forwarder.acknowledged()).isPositive();
  }

  @Test
  void unconfirmedReportPromisesNothingAlthoughItsForwarderIsAnswered() throws Exception {
    confirmed = false;
    mote(0).start(Duration.ZERO);
    join(1);
    next(2);
    scheduler.pass(Duration.ofSeconds(10));

    assertThat(promised()).isEmpty();
    assertThat(gateway.awaitReports(2, () -> {})).as("and it is not said again").hasSize(2);
  }

  /** A window is a matter of time, frequency and data rate. */
  @Test
  void answerBesideTheWindowIsNotHeard() throws Exception {
    mote(0).start(Duration.ZERO);
    join(1);
    Report said = next(2);

    answer(said, network.acknowledge(), 1_000_000 + 300);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(promised()).isEmpty();
    assertThat(air.missed()).isEqualTo(1);

    // RX2 of the next transmission: another frequency, the lowest data rate.
    Report again = next(3);
    gateway.tell(
        network.acknowledge(),
        Math.floorMod(again.tmst() + 2_000_000, 1L << 32),
        869.525,
        "SF12BW125",
        scheduler::runDue);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(promised()).hasSize(1);
  }

  @Test
  void answerForAWindowThatIsOverIsRefusedAsTooLate() throws Exception {
    mote(0).start(Duration.ZERO);
    join(1);
    Report said = next(2);
    scheduler.pass(Duration.ofMillis(1_500));

    assertThat(answer(said, network.acknowledge(), 1_000_000)).contains("TOO_LATE");
  }

  @Test
  void unacknowledgedFrameIsSaidAgainEightTimesAndThenInANewSession() throws Exception {
    mote(0).start(Duration.ZERO);
    join(1);
    byte[] first = next(2).frame();
    for (int i = 1; i < 8; i++) {
      assertThat(next(2 + i).frame()).as("transmission " + (i + 1)).isEqualTo(first);
    }
    assertThat(PhyPayload.parse(next(10).frame())).isInstanceOf(JoinRequest.class);
    join(10);
    assertThat(TownNetwork.data(next(11).frame()).plain(network.keys(), 0)).containsExactly(1);
  }

  @Test
  void startsAnewWhenItsBatteryIsChanged() throws Exception {
    mote(2).start(Duration.ZERO);
    join(1);
    answer(next(2), network.acknowledge(), 1_000_000);
    scheduler.pass(Duration.ofSeconds(EVERY_SECONDS));

    assertThat(PhyPayload.parse(next(3).frame())).isInstanceOf(JoinRequest.class);
  }

  private Mote mote(int batteryChangedEvery) {
    Sensor sensor =
        new Sensor() {
          @Override
          public Duration period() {
            return Duration.ofSeconds(EVERY_SECONDS);
          }

          @Override
          public Report report() {
            reported++;
            return new Report(
                1,
                new byte[] {(byte) reported},
                confirmed,
                List.of(new PostedValue(identity.device() + "/bay", reported, null)));
          }
        };
    return new Mote(
        device,
        sensor,
        List.of(8.0),
        batteryChangedEvery,
        air,
        log,
        clock,
        scheduler,
        new Random(3));
  }

  private void join(int report) throws Exception {
    Report asked = next(report);
    assertThat(answer(asked, network.accept(TownNetwork.join(asked.frame())), 5_000_000))
        .contains("NONE");
    scheduler.pass(Duration.ofSeconds(5));
    assertThat(device.isJoined()).isTrue();
  }

  /** The report with this number, letting time pass until it comes. */
  private Report next(int number) {
    for (int steps = 0; steps < 200 && sent < number; steps++) {
      scheduler.pass(Duration.ofMillis(100));
      sent = gateway.awaitReports(0, () -> {}).size();
    }
    return gateway.awaitReports(number, () -> {}).get(number - 1);
  }

  private int sent;

  private String answer(Report to, byte[] frame, long delayMicros) throws Exception {
    return gateway.tell(
        frame,
        Math.floorMod(to.tmst() + delayMicros, 1L << 32),
        to.rxpk().getJsonNumber("freq").doubleValue(),
        to.rxpk().getString("datr"),
        scheduler::runDue);
  }

  private List<PostedValue> promised() throws Exception {
    return Answers.read(folder.resolve("answers")).promised();
  }
}
