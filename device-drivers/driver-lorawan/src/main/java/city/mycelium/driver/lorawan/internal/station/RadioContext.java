package city.mycelium.driver.lorawan.internal.station;

/**
 * The context of a reception.
 *
 * @param xtime when the frame was heard, by the station's clock: microseconds in the lower 48 bits,
 *     which radio and which start of it above them
 * @param rctx which antenna
 */
record RadioContext(long xtime, long rctx) {}
