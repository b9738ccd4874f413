package city.mycelium.driver.lorawan.internal.codec;

/**
 * What a codec is given.
 *
 * @param bytes the application's payload; not copied
 * @param fPort 1 to 223
 * @param recvTimeMillis when it was received, UTC epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // travels once, from the network to the script
public record CodecInput(byte[] bytes, int fPort, long recvTimeMillis) {}
