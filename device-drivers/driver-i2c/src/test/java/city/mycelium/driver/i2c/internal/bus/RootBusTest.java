package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.i2c.internal.bus.BusFault.Step;
import city.mycelium.driver.i2c.internal.bus.BusPath.Hop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RootBusTest {

  private static final List<Hop> ROOT = List.of();
  private static final List<Hop> CHANNEL_3 = List.of(new Hop(0x70, 3));
  private static final List<Hop> CHANNEL_4 = List.of(new Hop(0x70, 4));
  private static final List<Hop> OTHER_0 = List.of(new Hop(0x71, 0));
  private static final List<Hop> NESTED = List.of(new Hop(0x70, 3), new Hop(0x72, 1));

  private final FakeBus linux = new FakeBus(FakeBus.RASPBERRY_PI);
  private final RootBus bus = new RootBus("/dev/i2c-1", linux, Duration.ofSeconds(60));

  private int read(List<Hop> way) throws BusFault {
    return bus.turn(way, 0x76, adapter -> adapter.transfer(0x76, new int[] {0}, 1))[0];
  }

  @Test
  void theFileIsOpenedAtTheFirstTurnAndClosedWhenTheLastHasLeft() throws BusFault {
    linux.root.chip(0x76);
    bus.enter();
    bus.enter();
    assertThat(linux.opened()).isZero();

    read(ROOT);
    read(ROOT);
    bus.leave();
    assertThat(linux.opened()).isEqualTo(1);
    assertThat(linux.isOpen()).isTrue();

    bus.leave();
    assertThat(linux.isOpen()).isFalse();
  }

  // Two sensors with one address, told apart by the channel alone.
  @Test
  void eachChannelHasItsOwnChip() throws BusFault {
    linux.root.mux(0x70).channel(3).chip(0x76).registers[0] = 33;
    linux.root.mux(0x70).channel(4).chip(0x76).registers[0] = 44;

    assertThat(read(CHANNEL_3)).isEqualTo(33);
    assertThat(read(CHANNEL_4)).isEqualTo(44);
    assertThat(read(CHANNEL_3)).isEqualTo(33);
  }

  @Test
  void aChannelThatIsOpenIsNotSelectedAgain() throws BusFault {
    linux.root.mux(0x70).channel(3).chip(0x76);
    read(CHANNEL_3);
    read(CHANNEL_3);

    assertThat(linux.log)
        .containsExactly("plain 0x70 [8]", "plain 0x76 [0] x1", "plain 0x76 [0] x1");
  }

  @Test
  void afterAnErrorTheChannelIsSelectedAgain() throws BusFault {
    linux.root.mux(0x70).channel(3).chip(0x76).registers[0] = 33;
    read(CHANNEL_3);
    linux.failNext(Errno.EREMOTEIO);
    assertThatThrownBy(() -> read(CHANNEL_3)).isInstanceOf(BusFault.class);
    linux.root.mux(0x70).control = 0; // a brown-out took the chip and the multiplexer's choice
    linux.log.clear();

    assertThat(read(CHANNEL_3)).isEqualTo(33);
    assertThat(linux.log).first().isEqualTo("plain 0x70 [8]");
  }

  // FakeBus fails the test if two chips answer at once.
  @Test
  void theChannelsOfOtherMultiplexersAreClosed() throws BusFault {
    linux.root.mux(0x70).channel(3).chip(0x76).registers[0] = 33;
    linux.root.mux(0x71).channel(0).chip(0x76).registers[0] = 10;

    for (int i = 0; i < 3; i++) {
      assertThat(read(CHANNEL_3)).isEqualTo(33);
      assertThat(read(OTHER_0)).isEqualTo(10);
    }
  }

  @Test
  void aMultiplexerBehindAMultiplexerIsOpenedFromTheOutsideIn() throws BusFault {
    FakeBus.Mux outer = linux.root.mux(0x70);
    outer.channel(3).mux(0x72).channel(1).chip(0x76).registers[0] = 31;
    outer.channel(4).chip(0x76).registers[0] = 44;

    assertThat(read(NESTED)).isEqualTo(31);
    assertThat(linux.log).startsWith("plain 0x70 [8]", "plain 0x72 [2]");
    assertThat(read(CHANNEL_4)).isEqualTo(44);
    assertThat(read(NESTED)).isEqualTo(31);
  }

  // The inner one keeps its channel while the outer one is closed.
  @Test
  void whoIsBetweenTwoMultiplexersHearsNobodyBehindTheInnerOne() throws BusFault {
    FakeBus.Segment between = linux.root.mux(0x70).channel(3);
    between.mux(0x72).channel(1).chip(0x76).registers[0] = 31;
    between.chip(0x44).registers[0] = 5;
    read(NESTED);
    read2(ROOT, 0x20);

    assertThat(read2(CHANNEL_3, 0x44)).isEqualTo(5);
    assertThat(between.mux(0x72).control).isZero();
  }

  private int read2(List<Hop> way, int address) throws BusFault {
    linux.root.chip(0x20);
    return bus.turn(way, address, adapter -> adapter.transfer(address, new int[] {0}, 1))[0];
  }

  @Test
  void aMultiplexerThatIsGoneHarmsOnlyWhoIsBehindIt() throws BusFault {
    linux.root.mux(0x70).channel(3).chip(0x76).registers[0] = 33;
    linux.root.mux(0x71).channel(0).chip(0x76).registers[0] = 10;
    read(OTHER_0);
    linux.root.unplug(0x71);
    assertThatThrownBy(() -> read(OTHER_0))
        .isInstanceOfSatisfying(
            BusFault.class,
            e -> {
              assertThat(e.isNotAcknowledged()).isTrue();
              assertThat(e.step()).isNotEqualTo(Step.MULTIPLEXER); // the selection was still known
            });
    assertThatThrownBy(() -> read(OTHER_0))
        .isInstanceOfSatisfying(
            BusFault.class, e -> assertThat(e.step()).isEqualTo(Step.MULTIPLEXER));

    assertThat(read(CHANNEL_3)).isEqualTo(33);
  }

  @Test
  void anSmbusControllerSelectsByOneByte() throws BusFault {
    FakeBus stub = new FakeBus(FakeBus.STUB);
    stub.root.mux(0x70).channel(3).chip(0x76).registers[0] = 33;
    RootBus smbus = new RootBus("/dev/i2c-0", stub, Duration.ofSeconds(60));

    int[] read = smbus.turn(CHANNEL_3, 0x76, adapter -> adapter.smbus(Smbus.readByteData(0)));

    assertThat(read).containsExactly(33);
    assertThat(stub.log).first().isEqualTo("BYTE writes 0x70 8");
  }

  @Test
  void aBusThatHangsIsOpenedAnew() throws BusFault {
    linux.root.chip(0x76).registers[0] = 7;
    read(ROOT);
    linux.failNext(Errno.ETIMEDOUT);
    assertThatThrownBy(() -> read(ROOT)).isInstanceOf(BusFault.class);
    assertThat(linux.isOpen()).isFalse();

    assertThat(read(ROOT)).isEqualTo(7);
    assertThat(linux.opened()).isEqualTo(2);
  }

  // Control: a chip that is not there is no reason to disturb the others.
  @Test
  void aChipThatDoesNotAnswerLeavesTheFileOpen() {
    assertThatThrownBy(() -> read(ROOT)).isInstanceOf(BusFault.class);

    assertThat(linux.isOpen()).isTrue();
  }

  @Test
  void whoCannotHaveATurnInTimeIsToldWhoKeepsIt() throws Exception {
    RootBus hurried = new RootBus("/dev/i2c-1", linux, Duration.ofMillis(1));
    CountDownLatch inTransfer = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> slow =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return hurried.turn(
                    ROOT,
                    0x62,
                    adapter -> {
                      inTransfer.countDown();
                      try {
                        goOn.await(60, TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return 1;
                    });
              } catch (BusFault e) {
                throw new AssertionError(e);
              }
            });
    assertThat(inTransfer.await(60, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> hurried.turn(ROOT, 0x76, adapter -> 2))
        .isInstanceOfSatisfying(BusFault.class, e -> assertThat(e.step()).isEqualTo(Step.TURN))
        .hasMessageContaining("0x62");

    goOn.countDown();
    assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(hurried.<Integer>turn(ROOT, 0x76, adapter -> 2)).isEqualTo(2);
  }
}
