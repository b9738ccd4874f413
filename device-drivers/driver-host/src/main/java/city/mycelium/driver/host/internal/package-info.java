/** How devices are hosted. */
@NullMarked
package city.mycelium.driver.host.internal;

import org.jspecify.annotations.NullMarked;
