/**
 * Makes the skeleton of a new driver out of templates. The templates are resources beside it; what
 * they may be called and where they go is {@link city.mycelium.driver.kit.skeleton.NewDriver}'s.
 */
@NullMarked
package city.mycelium.driver.kit.skeleton;

import org.jspecify.annotations.NullMarked;
