package city.mycelium.driver.serial.internal.generic;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An invented weather station; the values are what the digits say. */
class GenericLinesContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new GenericLines();
  }

  @Override
  public byte[] goldenStream() {
    return "T=-1.5;H=40.25\r\nhello\r\nT=21.5;H=39\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public List<Golden> golden() {
    return List.of(
        Golden.results().number("temperature", -1.5, 0).number("humidity", 40.25, 0),
        Golden.results().number("temperature", 21.5, 0).number("humidity", 39, 0));
  }

  @Override
  public Integrity integrity() {
    return Integrity.none("lines of text carry no checksum unless their maker adds one");
  }

  @Override
  public List<String> goldenSaid() {
    return List.of("52 0D");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "pattern", "T=(?<t>-?[0-9.]+);H=(?<h>[0-9.]+)",
        "outputs", "temperature air-temperature Cel group=t\nhumidity relative-humidity % group=h",
        "ask", "52 0D");
  }
}
