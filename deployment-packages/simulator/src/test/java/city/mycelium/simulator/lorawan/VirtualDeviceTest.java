package city.mycelium.simulator.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.region.Region;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VirtualDeviceTest {

  private static final Eui DEV_EUI = Eui.parse("0200000000c00009");
  private static final byte[] OCCUPIED = {1};
  private static final Region EU868 = Region.named("EU868");

  private final Identity identity = Identity.of(DEV_EUI, "bosch-tps110", true, new Random(1));
  private final VirtualDevice device = new VirtualDevice(identity, EU868, new Random(2));
  private final TownNetwork network = new TownNetwork(identity);

  @Test
  void joinsAndSpeaksWithTheKeysThatBothDerive() throws Exception {
    join();
    DataFrame said = TownNetwork.data(device.say(1, OCCUPIED, true).phyPayload());

    assertThat(said.isFrom(network.keys(), 0)).isTrue();
    assertThat(said.header().devAddr()).isEqualTo(TownNetwork.DEV_ADDR);
    assertThat(said.header().confirmed()).isTrue();
    assertThat(said.plain(network.keys(), 0)).isEqualTo(OCCUPIED);
    assertThat(said.encrypted()).as("it is not sent in plain").isNotEqualTo(OCCUPIED);
  }

  @Test
  void joinAcceptForAnotherKeyIsNotBelieved() throws Exception {
    TownNetwork other = new TownNetwork(Identity.of(DEV_EUI, "x", true, new Random(99)));
    byte[] accept = other.accept(TownNetwork.join(device.join().phyPayload()));

    assertThat(device.hear(accept)).isInstanceOf(Heard.Nothing.class);
    assertThat(device.isJoined()).isFalse();
  }

  @Test
  void saysTheSameFrameAgainAndCountsOnlyWhatIsNew() throws Exception {
    join();
    byte[] first = device.say(1, OCCUPIED, true).phyPayload();

    assertThat(device.again().phyPayload()).isEqualTo(first);
    assertThat(device.nextCounter()).isEqualTo(1);
    assertThat(TownNetwork.data(device.say(1, OCCUPIED, true).phyPayload()).header().fCnt())
        .isEqualTo(1);
  }

  /** Only 16 of the 32 bits are on the air, and all of them in the MIC (4.3.1.5). */
  @Test
  void counterRollsOverOnTheAirAndCountsOn() throws Exception {
    join();
    device.skipTo(0xffff);
    device.say(1, OCCUPIED, false);
    DataFrame said = TownNetwork.data(device.say(1, OCCUPIED, false).phyPayload());

    assertThat(said.header().fCnt()).isZero();
    assertThat(said.isFrom(network.keys(), 0x1_0000)).isTrue();
    assertThat(said.isFrom(network.keys(), 0)).isFalse();
    assertThatThrownBy(() -> device.skipTo(5)).hasMessageContaining("never goes back");
  }

  @Test
  void believesAnAcknowledgementOnceAndNoForgedOne() throws Exception {
    join();
    device.say(1, OCCUPIED, true);
    byte[] forged = network.acknowledge();
    forged[forged.length - 1] ^= 1;
    byte[] genuine = network.down(3, true, new byte[0]);

    assertThat(device.hear(forged)).isInstanceOf(Heard.Nothing.class);
    assertThat(device.hear(genuine))
        .isInstanceOfSatisfying(Heard.Said.class, said -> assertThat(said.acknowledged()).isTrue());
    assertThat(device.hear(genuine)).as("a replay").isInstanceOf(Heard.Nothing.class);
  }

  @Test
  void doesWhatTheNetworkAsksAndSaysSoInItsNextFrame() throws Exception {
    join();
    device.say(1, OCCUPIED, true);
    device.hear(
        network.acknowledge(MacCommand.linkAdrReq(3, 1, 7, 0, 1), MacCommand.devStatusReq()));
    Transmission next = device.say(1, OCCUPIED, true);

    assertThat(next.dataRate()).isEqualTo(EU868.dataRate(3));
    assertThat(commands(next))
        .extracting(MacCommand::cid)
        .containsExactly(Cid.LINK_ADR, Cid.DEV_STATUS);
    assertThat(commands(next).get(0).octet(0)).as("power, data rate, channels").isEqualTo(7);
    assertThat(commands(device.say(1, OCCUPIED, true))).as("once").isEmpty();
  }

  @Test
  void refusesADataRateThatItsRegionDoesNotHave() throws Exception {
    join();
    device.say(1, OCCUPIED, true);
    device.hear(network.acknowledge(MacCommand.linkAdrReq(12, 0, 7, 0, 1)));

    assertThat(commands(device.say(1, OCCUPIED, true)).get(0).octet(0)).isEqualTo(5);
    assertThat(device.dataRate()).isEqualTo(EU868.highestAdr());
  }

  /** 4.3.1.1: so that it notices that nobody hears it. */
  @Test
  void asksForAnAnswerAfterALongSilenceAndThenSpeaksMoreSlowly() throws Exception {
    join();
    for (int i = 0; i < 64; i++) {
      device.say(1, OCCUPIED, false);
    }
    assertThat(TownNetwork.data(device.say(1, OCCUPIED, false).phyPayload()).header().fCtrl())
        .satisfies(flags -> assertThat(flags.adrAckReq()).isTrue());
    int before = device.dataRate();
    for (int i = 0; i < 32; i++) {
      device.say(1, OCCUPIED, false);
    }
    assertThat(device.dataRate()).isEqualTo(before - 1);
  }

  @Test
  void restartLosesTheSessionButNotTheCountOfJoins() throws Exception {
    int first = join();
    device.restart();

    assertThat(device.isJoined()).isFalse();
    assertThatThrownBy(() -> device.say(1, OCCUPIED, true)).hasMessageContaining("not joined");
    assertThat(join()).isEqualTo(first + 1);
  }

  /** Up to 1.0.3 a DevNonce is random (6.2.4). */
  @Test
  void olderDeviceDrawsItsDevNonces() throws Exception {
    VirtualDevice older =
        new VirtualDevice(Identity.of(DEV_EUI, "x", false, new Random(3)), EU868, new Random(4));
    Set<Integer> nonces = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      nonces.add(TownNetwork.join(older.join().phyPayload()).devNonce());
    }
    assertThat(nonces).hasSizeGreaterThan(15);
    assertThat(nonces.stream().mapToInt(n -> n).max().orElseThrow()).isGreaterThan(1_000);
  }

  @Test
  void listensWhenAndWhereTheRegionSays() throws Exception {
    Transmission asked = device.join();
    assertThat(device.windows())
        .containsExactly(
            new Window(Duration.ofSeconds(5), asked.frequencyHz(), asked.dataRate()),
            new Window(Duration.ofSeconds(6), 869_525_000, new DataRate.Lora(12, 125)));

    device.hear(network.accept(TownNetwork.join(asked.phyPayload())));
    Transmission said = device.say(1, OCCUPIED, true);
    assertThat(device.windows())
        .containsExactly(
            new Window(Duration.ofSeconds(1), said.frequencyHz(), said.dataRate()),
            new Window(Duration.ofSeconds(2), 869_525_000, new DataRate.Lora(12, 125)));
  }

  private int join() throws Exception {
    var request = TownNetwork.join(device.join().phyPayload());
    assertThat(network.isFromDevice(request)).isTrue();
    assertThat(request.devEui()).isEqualTo(DEV_EUI);
    assertThat(device.hear(network.accept(request))).isInstanceOf(Heard.Joined.class);
    return request.devNonce();
  }

  private static List<MacCommand> commands(Transmission said) throws Exception {
    return MacCommand.parse(TownNetwork.data(said.phyPayload()).header().fOpts(), Direction.UP)
        .commands();
  }
}
