package city.mycelium.driver.lorawan.internal.radio;

/** Where front ends bring what they hear. Safe for use by many threads; returns at once. */
public interface RadioListener {

  /**
   * A frame was heard.
   *
   * @param by who heard it, and can answer
   */
  void heard(Uplink uplink, Concentrator by);
}
