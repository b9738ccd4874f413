package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.Concentrator;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import java.util.Comparator;

/** A frame as it was heard once, with who can answer there. */
record Heard(Reception reception, Concentrator by) {

  /** The best first: by signal to noise, then by strength. */
  static final Comparator<Heard> BEST_FIRST =
      Comparator.comparingDouble((Heard heard) -> heard.reception().snrDb())
          .thenComparingDouble(heard -> heard.reception().rssiDbm())
          .reversed();
}
