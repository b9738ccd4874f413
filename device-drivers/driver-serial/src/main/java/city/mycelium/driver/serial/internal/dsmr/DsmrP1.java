package city.mycelium.driver.serial.internal.dsmr;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.device.DeviceSettings;
import city.mycelium.api.device.FrameDevice;
import city.mycelium.api.device.SerialSensor;
import city.mycelium.api.device.SerialSettings;
import city.mycelium.api.device.Timetable;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.driver.serial.internal.frame.FrameSearch;
import java.net.URI;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/**
 * A Dutch smart meter by its customer port P1. It talks by itself, each second (DSMR 5) or each ten
 * (DSMR 4). All that it gives is personal by nature; who lives there, which meter it is and what
 * the supplier writes on its display is not read at all.
 *
 * <p>Source: Netbeheer Nederland, "P1 Companion Standard" 5.0.2 (2016) and 4.2 (2014), here "P1".
 */
@Component
public final class DsmrP1 implements SerialSensor {

  static final String IMPORT_1 = "energy-import-t1";
  static final String IMPORT_2 = "energy-import-t2";
  static final String EXPORT_1 = "energy-export-t1";
  static final String EXPORT_2 = "energy-export-t2";
  static final String POWER_IMPORT = "power-import";
  static final String POWER_EXPORT = "power-export";
  static final String VOLTAGE_1 = "voltage-l1";
  static final String VOLTAGE_2 = "voltage-l2";
  static final String VOLTAGE_3 = "voltage-l3";
  static final String GAS = "gas";
  static final String WATER = "water";

  @Override
  public DeviceDescription description() {
    return DeviceDescription.of("dsmr-p1", "Dutch smart meter, DSMR 4 and 5, customer port P1")
        .givesPersonal(IMPORT_1, Vocabulary.ENERGY_IMPORT, Unit.WATT_HOUR)
        .givesPersonal(IMPORT_2, Vocabulary.ENERGY_IMPORT, Unit.WATT_HOUR)
        .givesPersonal(EXPORT_1, Vocabulary.ENERGY_EXPORT, Unit.WATT_HOUR)
        .givesPersonal(EXPORT_2, Vocabulary.ENERGY_EXPORT, Unit.WATT_HOUR)
        .givesPersonal(POWER_IMPORT, Vocabulary.ACTIVE_POWER, Unit.WATT)
        .givesPersonal(POWER_EXPORT, Vocabulary.ACTIVE_POWER, Unit.WATT)
        .givesPersonal(VOLTAGE_1, Vocabulary.VOLTAGE, Unit.VOLT)
        .givesPersonal(VOLTAGE_2, Vocabulary.VOLTAGE, Unit.VOLT)
        .givesPersonal(VOLTAGE_3, Vocabulary.VOLTAGE, Unit.VOLT)
        .givesPersonal(GAS, volume(GAS), Unit.LITRE)
        .givesPersonal(WATER, volume(WATER), Unit.LITRE);
  }

  /** What went through a household's meter; no vocabulary tells gas from water. */
  private static ObservedProperty volume(String of) {
    return new ObservedProperty(
        of + "-volume",
        URI.create("urn:x-mycelium:property:" + of + "-volume"),
        Unit.LITRE,
        0,
        1e9);
  }

  /** P1 4.6: 115200 baud, 8N1. */
  @Override
  public SerialSettings line() {
    return SerialSettings.of(115_200);
  }

  @Override
  public FrameDevice<?> device(Duration interval, DeviceSettings settings) {
    return FrameDevice.of(
        Timetable.listenOnly(interval),
        bytes -> FrameSearch.scan(bytes, Telegram::at),
        () -> (telegram, results) -> telegram.put(results));
  }
}
