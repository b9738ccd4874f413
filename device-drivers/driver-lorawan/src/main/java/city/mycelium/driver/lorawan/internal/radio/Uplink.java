package city.mycelium.driver.lorawan.internal.radio;

/**
 * A frame as one concentrator heard it; nothing about it is checked yet.
 *
 * @param phyPayload its bytes, 1 to 255; not copied, must not change
 * @param reception how it was heard
 */
@SuppressWarnings("ArrayRecordComponent") // a frame travels once, from its front end to the network
public record Uplink(byte[] phyPayload, Reception reception) {}
