package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.RadioListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What stations and feeds of this driver share: the network, the devices, the way in. Safe for use
 * by many threads.
 */
public interface LorawanHub {

  /** Where a front end brings what it hears. */
  RadioListener radio();

  /** The profile of a device that is registered, whoever hears it. */
  Optional<String> profile(Eui devEui);

  /**
   * Keeps what a device of another network said; see {@link Uplinks#deliver(Said)}.
   *
   * @return completes when it is durable; fails if it could not be kept
   */
  CompletableFuture<Void> deliver(Said said);

  /** A feed brought an uplink of a device that is not registered; it is counted and shown. */
  void stranger(Eui devEui, String where);

  /**
   * Makes known to {@code lorawan status} how a front end is, until it is taken back.
   *
   * @param name such as {@code feed municipality}
   */
  Cancellable tell(String name, Supplier<Map<String, Object>> status);
}
