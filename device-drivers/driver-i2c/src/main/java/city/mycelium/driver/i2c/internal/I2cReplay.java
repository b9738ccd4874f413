package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.I2c;
import city.mycelium.api.device.I2cChip;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.record.PolledReplay;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import city.mycelium.driver.host.record.Script;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Replays chips: each is said the same again, and says what it said on site. */
public final class I2cReplay implements Replayer {

  private static final int BYTE = 0xFF;

  private final List<I2cChip> chips;
  private final LongConsumer clock;

  /**
   * Replays devices of these kinds.
   *
   * @param clock what the kinds that need a clock look at: told the time of the record as it goes
   *     on, in microseconds
   */
  public I2cReplay(List<I2cChip> chips, LongConsumer clock) {
    this.chips = List.copyOf(chips);
    this.clock = clock;
  }

  @Override
  public String bus() {
    return I2cDevice.BUS;
  }

  @Override
  public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    for (I2cChip chip : chips) {
      if (chip.description().name().equals(opening.kind())) {
        DeviceSettings settings = DeviceSettings.of(chip.description(), opening.settings());
        return PolledReplay.run(
            device,
            chip.description(),
            opening,
            passed,
            script -> chip.connect(new ScriptedBus(script), settings),
            clock);
      }
    }
    throw DeviceException.config(
        "no kind of I2C device is called '" + opening.kind() + "' here: add its bundle");
  }

  /** A bus as a record shows it: what is written to the chip, and what is read from it. */
  private record ScriptedBus(Script script) implements I2c {

    @Override
    public void write(int... bytes) throws DeviceException {
      script.say(bytes(bytes));
    }

    @Override
    public int[] read(int count) throws DeviceException {
      return heard();
    }

    @Override
    public int[] writeRead(int[] bytes, int count) throws DeviceException {
      script.say(bytes(bytes));
      return heard();
    }

    @Override
    public int[] readRegisters(int register, int count) throws DeviceException {
      script.say(bytes(register));
      return heard();
    }

    @Override
    public void writeRegister(int register, int value) throws DeviceException {
      script.say(bytes(register, value));
    }

    /** At a desk no time has to pass. */
    @Override
    public void pause(Duration time) {}

    private int[] heard() throws DeviceException {
      byte[] bytes = script.hear();
      int[] values = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        values[i] = bytes[i] & BYTE;
      }
      return values;
    }

    private static byte[] bytes(int... values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return bytes;
    }
  }
}
