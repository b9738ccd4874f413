package city.mycelium.driver.serial.internal;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.driver.Channel;
import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.host.ResultSet;
import city.mycelium.driver.host.record.RecordLine;
import city.mycelium.driver.host.record.Replayer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Replays devices on serial ports: what was heard is heard again, and a set is wanted where one
 * was. What was said is not compared: it changes nothing of what was heard.
 */
public final class SerialReplay implements Replayer {

  private static final HexFormat HEX = HexFormat.of();

  private final List<SerialSensor> kinds;

  /** Replays devices of these kinds. */
  public SerialReplay(List<SerialSensor> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public String bus() {
    return "serial";
  }

  @Override
  public List<Replayed> replay(DeviceId device, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    for (SerialSensor kind : kinds) {
      if (kind.description().name().equals(opening.kind())) {
        return replay(device, kind, opening, passed);
      }
    }
    throw DeviceException.config(
        "no kind of serial device is called '" + opening.kind() + "' here: add its bundle");
  }

  private static List<Replayed> replay(
      DeviceId id, SerialSensor kind, Opening opening, List<RecordLine.Passed> passed)
      throws DeviceException {
    DeviceSettings settings = DeviceSettings.of(kind.description(), opening.settings());
    DeviceDescription description = kind.description(settings);
    return replay(
        kind.device(opening.interval(), settings),
        ResultSet.channels(id, description, opening.interval()),
        passed);
  }

  private static <F> List<Replayed> replay(
      FrameDevice<F> device, Map<String, Channel> channels, List<RecordLine.Passed> passed) {
    Gathering<F> gathering = new Gathering<>();
    Hearing<F> hearing = new Hearing<>(device, channels, gathering);
    for (RecordLine.Passed line : passed) {
      gathering.micros = line.micros();
      if (line.way() == Way.TURN) {
        hearing.want();
      } else if (line.way() == Way.HEARD) {
        hearing.hear(HEX.parseHex(line.hex()));
      }
    }
    return gathering.sets;
  }

  private static final class Gathering<F> implements Hearing.Listener<F> {

    private final List<Replayed> sets = new ArrayList<>();
    private long micros;

    @Override
    public void heard(F frame) {}

    @Override
    public void gives(List<Reading> readings) {
      if (!readings.isEmpty()) {
        sets.add(new Replayed(micros, readings));
      }
    }

    @Override
    public void givesUnasked() {}

    @Override
    public void complains(DeviceException complaint) {}
  }
}
