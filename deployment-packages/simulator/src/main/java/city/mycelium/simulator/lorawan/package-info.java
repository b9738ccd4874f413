/**
 * Virtual LoRaWAN devices, the air between them and two concentrators, and the packet forwarders
 * that tell a gateway what was heard. Frames are built and encrypted for real, with the words and
 * the frame layer of the driver; of its network, which is what is put to the test, nothing is used.
 */
@NullMarked
package city.mycelium.simulator.lorawan;

import org.jspecify.annotations.NullMarked;
