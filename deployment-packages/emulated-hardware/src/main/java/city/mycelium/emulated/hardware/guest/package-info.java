/**
 * What runs where the device paths are, mostly inside of a guest: the trial of a gateway, and the
 * program that holds it and tells the host over the console.
 */
@NullMarked
package city.mycelium.emulated.hardware.guest;

import org.jspecify.annotations.NullMarked;
