package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.util.List;
import java.util.Map;

/** The network as the driver's shell needs it. Safe for use by many threads. */
public interface RadioSide extends AutoCloseable {

  /** Where front ends bring what they hear. */
  RadioListener listener();

  /** The list of devices has changed. */
  void devicesChanged();

  /** Counts for people. */
  Map<String, Object> status();

  /** What the network knows of its devices, as columns of {@code device list}. */
  Map<Eui, Map<String, Object>> devices();

  /** Who was heard and is not ours, each as a row. */
  List<Map<String, Object>> strangers();

  @Override
  void close();
}
