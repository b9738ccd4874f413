package city.mycelium.driver.lorawan.internal.radio;

/**
 * How one concentrator heard a frame.
 *
 * @param concentrator which one
 * @param heardAtNanos when its report came, by {@code Clock.monotonicNanos()}: what receive windows
 *     are reckoned from
 * @param frequencyHz Hz
 * @param dataRate its modulation
 * @param rssiDbm received power, dBm
 * @param snrDb signal to noise, dB
 * @param context what this concentrator needs to answer in time, which only its own front end
 *     understands: a counter, a clock, an antenna
 */
public record Reception(
    Eui concentrator,
    long heardAtNanos,
    long frequencyHz,
    DataRate dataRate,
    double rssiDbm,
    double snrDb,
    Object context) {}
