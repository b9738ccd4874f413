package city.mycelium.driver.serial.internal.gnss;

import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.FrameDeviceContract;
import city.mycelium.driver.kit.Golden;
import city.mycelium.driver.kit.Integrity;
import city.mycelium.driver.serial.internal.Streams;
import java.util.List;

/** Two moments at an invented place in a lake, with the checksums of NMEA 0183. */
class GnssContractTest implements FrameDeviceContract {

  @Override
  public SerialSensor kind() {
    return new Gnss();
  }

  @Override
  public byte[] goldenStream() {
    return Streams.join(
        Nmea.sentence("GNRMC,120000.00,A,5236.00000,N,00524.00000,E,0.1,,231126,,,A"),
        Nmea.sentence("GNGGA,120000.00,5236.00000,N,00524.00000,E,1,09,0.98,2.5,M,45.6,M,,"),
        Nmea.sentence("GNRMC,120001.00,A,5236.00000,N,00524.00000,E,0.1,,231126,,,A"),
        Nmea.sentence("GNGGA,120001.00,5236.00000,N,00524.00000,E,1,09,0.98,2.5,M,45.6,M,,"));
  }

  @Override
  public List<Golden> golden() {
    return List.of(fix(), fix());
  }

  @Override
  public Integrity integrity() {
    return Integrity.except(
        "each sentence by its exclusive or; of a moment that lost one of two sentences the other is"
            + " told, which is less, but right");
  }

  /** 52 degrees 36 minutes are 52.6, 5 degrees 24 minutes are 5.4. */
  private static Golden fix() {
    return Golden.results()
        .result("position", new Result.Position(52.6, 5.4, 2.5))
        .result("fix", new Result.Category("gnss"))
        .number("satellites", 9, 0)
        .number("hdop", 0.98, 0.005)
        .result("time-valid", new Result.Truth(true));
  }
}
