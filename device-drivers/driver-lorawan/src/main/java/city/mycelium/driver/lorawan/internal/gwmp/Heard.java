package city.mycelium.driver.lorawan.internal.gwmp;

/**
 * The context of a reception.
 *
 * @param tmst when the uplink was heard, by the concentrator's counter of microseconds
 */
record Heard(long tmst) {}
