package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import city.mycelium.driver.lorawan.internal.radio.Uplink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears. */
final class Recorder implements RadioListener {

  record Call(Uplink uplink, Concentrator by) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();

  @Override
  public void heard(Uplink uplink, Concentrator by) {
    calls.add(new Call(uplink, by));
  }
}
