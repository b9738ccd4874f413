package city.mycelium.driver.lorawan.internal.gwmp;

/**
 * What a packet forwarder says of itself (PROTOCOL.TXT, 4, {@code stat}), without its position.
 *
 * @param received frames
 * @param crcOk frames of those whose CRC was right
 * @param forwarded frames of those that it sent to us
 * @param acknowledgedPercent of its datagrams so many were acknowledged by us; NaN if it does not
 *     say
 * @param downlinks datagrams it got for the air
 * @param emitted frames of those that it sent
 */
public record ForwarderStat(
    long received,
    long crcOk,
    long forwarded,
    double acknowledgedPercent,
    long downlinks,
    long emitted) {}
