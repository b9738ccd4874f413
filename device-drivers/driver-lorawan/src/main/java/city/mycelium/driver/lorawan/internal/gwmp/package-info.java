/**
 * Semtech's UDP protocol between packet forwarders and a server (Lora-net/packet_forwarder,
 * PROTOCOL.TXT, 1.0 to 1.5): datagrams to receptions, downlinks to datagrams. What a frame means is
 * not known here.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.gwmp;

import org.jspecify.annotations.NullMarked;
