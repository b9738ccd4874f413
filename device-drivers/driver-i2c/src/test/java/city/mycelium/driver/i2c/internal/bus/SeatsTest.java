package city.mycelium.driver.i2c.internal.bus;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.driver.i2c.internal.bus.Seats.Seat;
import org.junit.jupiter.api.Test;

class SeatsTest {

  private final Seats seats = new Seats();

  private static Seat seat(String bus, int address, String device) {
    BusPath path = BusPath.parse(bus);
    return new Seat(path.root(), path.way(), address, device);
  }

  @Test
  void oneAddressOfOneBusBelongsToOneDevice() {
    assertThat(seats.take(seat("/dev/i2c-1", 0x76, "air.a"))).isEmpty();

    assertThat(seats.take(seat("/dev/i2c-1", 0x76, "air.b")))
        .hasValue(
            "air.a is configured at 0x76 of the same bus: give one of them another address, bus or"
                + " channel");
  }

  @Test
  void anotherAddressBusOrChannelIsAnotherPlace() {
    seats.take(seat("/dev/i2c-1/mux@0x70/3", 0x76, "air.a"));

    assertThat(seats.take(seat("/dev/i2c-1/mux@0x70/3", 0x77, "air.b"))).isEmpty();
    assertThat(seats.take(seat("/dev/i2c-1/mux@0x70/4", 0x76, "air.c"))).isEmpty();
    assertThat(seats.take(seat("/dev/i2c-1/mux@0x71/3", 0x76, "air.d"))).isEmpty();
    assertThat(seats.take(seat("/dev/i2c-2", 0x76, "air.e"))).isEmpty();
  }

  // A chip on the root hears everything that is said behind the multiplexer too.
  @Test
  void whoIsBeforeAMultiplexerCannotHaveTheAddressOfOneBehindIt() {
    seats.take(seat("/dev/i2c-1", 0x76, "air.a"));

    assertThat(seats.take(seat("/dev/i2c-1/mux@0x70/3", 0x76, "air.b")))
        .hasValueSatisfying(why -> assertThat(why).contains("both would answer"));
  }

  @Test
  void nobodyHasTheAddressOfAMultiplexerOnTheWay() {
    seats.take(seat("/dev/i2c-1/mux@0x77/3", 0x44, "air.a"));

    assertThat(seats.take(seat("/dev/i2c-1", 0x77, "air.b")))
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("0x77 is the multiplexer that air.a is behind"));
    assertThat(seats.take(seat("/dev/i2c-2", 0x77, "air.c"))).isEmpty();
    assertThat(seats.take(seat("/dev/i2c-2/mux@0x77/1", 0x44, "air.d")))
        .hasValueSatisfying(
            why ->
                assertThat(why).startsWith("air.c is configured at 0x77, where the multiplexer"));
  }

  @Test
  void whoComesAgainMovesAndWhoLeavesMakesRoom() {
    seats.take(seat("/dev/i2c-1", 0x76, "air.a"));
    assertThat(seats.take(seat("/dev/i2c-1", 0x77, "air.a"))).isEmpty();
    assertThat(seats.take(seat("/dev/i2c-1", 0x76, "air.b"))).isEmpty();

    seats.leave("air.a");
    assertThat(seats.take(seat("/dev/i2c-1", 0x77, "air.c"))).isEmpty();
    BusPath bus = BusPath.parse("/dev/i2c-1");
    assertThat(seats.at(bus.root(), bus.way()))
        .containsEntry(0x76, "air.b")
        .containsEntry(0x77, "air.c")
        .hasSize(2);
  }
}
