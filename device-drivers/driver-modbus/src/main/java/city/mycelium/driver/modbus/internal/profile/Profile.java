package city.mycelium.driver.modbus.internal.profile;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.SerialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A register map: what a model of a device gives, and where.
 *
 * @param source the document that says so
 * @param line how it speaks on a serial line from the factory
 * @param limits how much of it is read at once
 * @param identity what tells it from other models, asked when it is connected
 * @param status what must hold whenever it is read, else its values are not to be taken
 */
public record Profile(
    String name,
    String title,
    String source,
    SerialSettings line,
    Duration interval,
    Limits limits,
    List<Expectation> identity,
    List<Expectation> status,
    List<RegisterValue> values) {

  public Profile {
    identity = List.copyOf(identity);
    status = List.copyOf(status);
    values = List.copyOf(values);
  }

  /**
   * How much is read at once.
   *
   * @param registers at most in one read: 1 to 125 (Application Protocol V1.1b3, 6.3)
   * @param bits likewise: 1 to 2000 (6.1)
   * @param gap addresses that nobody wants and that are read all the same, if that saves a read
   */
  public record Limits(int registers, int bits, int gap) {

    /** What the protocol allows. */
    public static final int MOST_REGISTERS = 125;

    /** What the protocol allows. */
    public static final int MOST_BITS = 2000;

    int most(Table table) {
      return table.isBits() ? bits : registers;
    }
  }

  /** What the gateway is told of it. */
  public DeviceDescription description() {
    DeviceDescription description = DeviceDescription.of(name, title).every(interval);
    for (RegisterValue value : values) {
      description = description.gives(value.name(), value.property(), value.unit());
    }
    return description;
  }

  /** What is read in each turn, in as few reads as the limits allow. */
  public List<Block> plan() {
    return Block.merged(read(), limits);
  }

  /** The same, each register for itself: what a device takes that refuses anything else. */
  public List<Block> planOneByOne() {
    return read().stream().map(Block::of).distinct().toList();
  }

  private List<Register> read() {
    return new ArrayList<>(
        Stream.concat(
                status.stream().map(Expectation::register),
                values.stream().map(RegisterValue::register))
            .toList());
  }
}
