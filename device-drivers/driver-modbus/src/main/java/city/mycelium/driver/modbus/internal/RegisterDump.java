package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.modbus.internal.profile.Block;
import city.mycelium.driver.modbus.internal.profile.Expectation;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.Register;
import city.mycelium.driver.modbus.internal.profile.RegisterValue;
import city.mycelium.driver.modbus.internal.wire.Question;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a profile names, read from a device one by one, for whoever writes the profile:
 * what stands in the registers and what the profile makes of it, or why not.
 */
public final class RegisterDump {

  private RegisterDump() {}

  /**
   * One register of the profile.
   *
   * @param raw its bytes in hexadecimal; empty if the device does not tell them
   * @param value what they mean with its unit, or what is wrong
   * @param good whether the gateway would take it
   */
  public record Row(String name, String place, String raw, String value, boolean good) {}

  /** How the content of a register is made sense of. */
  @FunctionalInterface
  private interface Meaning {
    String of(Register.Content content) throws DeviceException;
  }

  /**
   * Reads a device.
   *
   * @throws DeviceException UNREACHABLE if it does not answer: there is nothing to show
   */
  public static List<Row> of(Profile profile, ModbusUnit unit) throws DeviceException {
    List<Row> rows = new ArrayList<>();
    for (Expectation expected : profile.identity()) {
      rows.add(row("identity", expected.register(), unit, content -> met(expected, content)));
    }
    for (Expectation expected : profile.status()) {
      rows.add(row("status", expected.register(), unit, content -> met(expected, content)));
    }
    for (RegisterValue value : profile.values()) {
      rows.add(row(value.name(), value.register(), unit, content -> result(value, content)));
    }
    return rows;
  }

  private static Row row(String name, Register register, ModbusUnit unit, Meaning meaning)
      throws DeviceException {
    Block block = new Block(register.table(), register.address(), register.type().addresses());
    Question question =
        new Question(register.table().function(), block.address(), block.count(), register.place());
    String raw = "";
    try {
      byte[] bytes = block.cut(register, question.data(unit.ask(question.pdu())));
      raw = HexFormat.of().withUpperCase().formatHex(bytes);
      return new Row(name, register.place(), raw, meaning.of(register.content(bytes)), true);
    } catch (DeviceException e) {
      if (e.state() == DeviceState.UNREACHABLE) {
        throw e;
      }
      return new Row(name, register.place(), raw, String.valueOf(e.getMessage()), false);
    }
  }

  private static String met(Expectation expected, Register.Content content) throws DeviceException {
    if (!expected.isMetBy(content)) {
      throw DeviceException.config(
          "should be " + expected.value().toPlainString() + ": " + expected.says());
    }
    return "as it should be: " + expected.says();
  }

  private static String result(RegisterValue value, Register.Content content)
      throws DeviceException {
    Optional<Result> result = value.result(content);
    return result.isEmpty() ? "none: marked as invalid" : told(result.get()) + unit(value);
  }

  private static String unit(RegisterValue value) {
    return value.unit().code().equals("1") ? "" : " " + value.unit().code();
  }

  private static String told(Result result) {
    if (result instanceof Result.Measurement measurement) {
      return String.valueOf(measurement.value());
    }
    if (result instanceof Result.Counter counter) {
      return String.valueOf(counter.value());
    }
    if (result instanceof Result.Truth truth) {
      return String.valueOf(truth.value());
    }
    return result instanceof Result.Category category ? category.value() : result.toString();
  }
}
