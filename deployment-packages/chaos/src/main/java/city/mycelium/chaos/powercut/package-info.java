/**
 * Power cuts: a small guest machine writes a journal on a disk of its own, is cut off in the
 * middle, and is asked after its next start what is there. Both sides live here: what runs in the
 * guest, and what boots and cuts it.
 */
@NullMarked
package city.mycelium.chaos.powercut;

import org.jspecify.annotations.NullMarked;
