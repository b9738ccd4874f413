package city.mycelium.simulator.lorawan;

import city.mycelium.driver.lorawan.internal.radio.DataRate;

/**
 * A frame on the air.
 *
 * @param phyPayload its bytes; not copied, must not change
 * @param frequencyHz Hz
 */
@SuppressWarnings("ArrayRecordComponent") // a frame travels once
public record Transmission(byte[] phyPayload, long frequencyHz, DataRate dataRate) {}
