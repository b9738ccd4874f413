/** Records what passes at the tap, on site: bounded, and without what is personal. */
@NullMarked
package city.mycelium.driver.host.internal.record;

import org.jspecify.annotations.NullMarked;
