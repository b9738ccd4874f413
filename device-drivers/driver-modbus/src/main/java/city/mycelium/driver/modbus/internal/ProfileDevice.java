package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceKind;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.Poll;
import city.mycelium.api.device.Results;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.modbus.internal.profile.Block;
import city.mycelium.driver.modbus.internal.profile.Expectation;
import city.mycelium.driver.modbus.internal.profile.Profile;
import city.mycelium.driver.modbus.internal.profile.Register;
import city.mycelium.driver.modbus.internal.profile.RegisterValue;
import city.mycelium.driver.modbus.internal.wire.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kind of device that a profile describes. Stateless. */
public final class ProfileDevice implements DeviceKind<ModbusUnit> {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileDevice.class);

  private final Profile profile;
  private final DeviceDescription description;

  public ProfileDevice(Profile profile) {
    this.profile = profile;
    this.description = profile.description();
  }

  @Override
  public DeviceDescription description() {
    return description;
  }

  @Override
  public Poll connect(ModbusUnit unit, DeviceSettings settings) throws DeviceException {
    for (Expectation expected : profile.identity()) {
      Register register = expected.register();
      Block block = new Block(register.table(), register.address(), register.type().addresses());
      Register.Content content =
          register.content(block.cut(register, question(block).data(ask(unit, block))));
      if (!expected.isMetBy(content)) {
        throw DeviceException.config(
            "this is no "
                + profile.title()
                + ": "
                + expected.says()
                + " ("
                + register.place()
                + ") should be "
                + expected.value().toPlainString()
                + " and is "
                + told(content)
                + ": check unitId, and choose the device's profile with type");
      }
    }
    return new Reading(unit);
  }

  private static byte[] ask(ModbusUnit unit, Block block) throws DeviceException {
    return unit.ask(question(block).pdu());
  }

  private static Question question(Block block) {
    return new Question(
        block.table().function(),
        block.address(),
        block.count(),
        block.table().place(block.address()));
  }

  private static String told(Register.Content content) {
    return content.number().map(n -> n.toPlainString()).orElse("no number");
  }

  /** Reads one unit, turn by turn. */
  private final class Reading implements Poll {

    private final ModbusUnit unit;
    private List<Block> plan = profile.plan();
    private boolean oneByOne;

    Reading(ModbusUnit unit) {
      this.unit = unit;
    }

    @Override
    public void read(Results results) throws DeviceException {
      Map<Block, byte[]> image = new LinkedHashMap<>();
      unit.together(() -> fill(image));
      for (Expectation expected : profile.status()) {
        Register.Content content = content(expected.register(), image);
        if (!expected.isMetBy(content)) {
          throw DeviceException.corrupt(
              "the device says that it is not well: "
                  + expected.says()
                  + " ("
                  + expected.register().place()
                  + " is "
                  + told(content)
                  + ")");
        }
      }
      boolean any = false;
      for (RegisterValue value : profile.values()) {
        Optional<Result> result = value.result(content(value.register(), image));
        result.ifPresent(r -> results.put(value.name(), r));
        any |= result.isPresent();
      }
      if (!any) {
        throw DeviceException.corrupt(
            "the device marks every value as invalid: is its probe connected?");
      }
    }

    private void fill(Map<Block, byte[]> image) throws DeviceException {
      for (Block block : plan) {
        byte[] answer = ask(unit, block);
        if (!oneByOne && question(block).wantsLess(answer)) {
          LOG.debug("The device refuses {}: each value is read for itself", block);
          oneByOne = true;
          plan = profile.planOneByOne();
          image.clear();
          fill(image);
          return;
        }
        image.put(block, question(block).data(answer));
      }
    }

    private static Register.Content content(Register register, Map<Block, byte[]> image) {
      return image.entrySet().stream()
          .filter(e -> e.getKey().holds(register))
          .findFirst()
          .map(e -> register.content(e.getKey().cut(register, e.getValue())))
          .orElseThrow(() -> new IllegalStateException("the plan leaves out " + register.place()));
    }
  }
}
