/**
 * The Wi-Fi kits: what each puts into an HTTP request, byte for byte as its firmware does, and the
 * faults that such kits have. No sockets here.
 */
@NullMarked
package city.mycelium.simulator.kit;

import org.jspecify.annotations.NullMarked;
