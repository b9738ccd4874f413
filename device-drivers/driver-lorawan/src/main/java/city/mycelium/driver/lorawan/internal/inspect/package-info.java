/** A frame in words, for whoever stands before a device that is not heard. Pure. */
@NullMarked
package city.mycelium.driver.lorawan.internal.inspect;

import org.jspecify.annotations.NullMarked;
