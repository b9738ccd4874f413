package city.mycelium.driver.kit;

import city.mycelium.api.device.SerialSensor;
import java.util.HexFormat;
import java.util.List;

/** A driver that is right passes, with a device of frames. */
class RangeFinderContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new RangeFinder();
  }

  /** FF + 07 + A1 = 1A7. */
  @Override
  public byte[] goldenStream() {
    return HexFormat.of().parseHex("FF07A1A7");
  }

  /** 0x07A1 is 1953. */
  @Override
  public List<Golden> golden() {
    return List.of(Golden.results().number("level", 1953, 0));
  }

  @Override
  public Integrity integrity() {
    return Integrity.full("sum over the three bytes before it");
  }
}
