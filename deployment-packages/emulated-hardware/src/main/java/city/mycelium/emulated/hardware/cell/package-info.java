/**
 * What is proved: cells as data. A cell says what of it is real and what is emulated, how the
 * gateway is configured for it, and what has to be seen. Nothing here starts anything.
 */
@NullMarked
package city.mycelium.emulated.hardware.cell;

import org.jspecify.annotations.NullMarked;
