package city.mycelium.driver.lorawan.internal.gwmp;

import city.mycelium.driver.lorawan.internal.radio.DataRate;

/**
 * A frame that a concentrator heard (PROTOCOL.TXT, 4, {@code rxpk}).
 *
 * @param phyPayload its bytes, 1 to 255; not copied
 * @param tmst when its last bit was heard, by the concentrator's counter of microseconds, 32 bits
 * @param frequencyHz Hz
 * @param dataRate its modulation
 * @param rssiDbm dBm
 * @param snrDb dB; 0 where the modulation has none
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the datagram to the listener
record Rxpk(
    byte[] phyPayload,
    long tmst,
    long frequencyHz,
    DataRate dataRate,
    double rssiDbm,
    double snrDb) {}
