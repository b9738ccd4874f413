package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.i2c.internal.bus.BusPath.Hop;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusPathTest {

  @Test
  void aBusOfLinuxIsAPath() {
    BusPath bus = BusPath.parse(" /dev/i2c-1 ");

    assertThat(bus.root()).isEqualTo(Path.of("/dev/i2c-1"));
    assertThat(bus.way()).isEmpty();
    assertThat(bus).hasToString("/dev/i2c-1");
  }

  @Test
  void multiplexersStandOneBehindTheOther() {
    BusPath bus = BusPath.parse("/dev/i2c-1/mux@0x70/3/mux@0x71/0");

    assertThat(bus.root()).isEqualTo(Path.of("/dev/i2c-1"));
    assertThat(bus.way()).containsExactly(new Hop(0x70, 3), new Hop(0x71, 0));
    assertThat(bus).hasToString("/dev/i2c-1/mux@0x70/3/mux@0x71/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "i2c-1", "/dev/", "/etc/passwd", "/dev/../etc/passwd", "/dev/i 2"})
  void whatIsNoBusIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> BusPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is no bus: say /dev/i2c-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mux@0x6f/0", "/mux@0x78/0", "/mux@0x70/8"})
  void aMultiplexerHasEightAddressesAndEightChannels(String hop) {
    assertThatThrownBy(() -> BusPath.parse("/dev/i2c-1" + hop))
        .hasMessageContaining("0x70 to 0x77 and channels 0 to 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mux@0x70", "/mux@112/0", "/mux@0x70/1/sensor", "/mux@0x70/1/"})
  void whatFollowsABusIsAChannel(String rest) {
    assertThatThrownBy(() -> BusPath.parse("/dev/i2c-1" + rest))
        .hasMessageContaining("a channel is written /mux@0x70/3");
  }

  // The inner one could never be told from the outer one.
  @Test
  void multiplexersOneBehindTheOtherHaveDifferentAddresses() {
    assertThatThrownBy(() -> BusPath.parse("/dev/i2c-1/mux@0x70/3/mux@0x70/0"))
        .hasMessageContaining("change the address pins of one of them");
  }
}
