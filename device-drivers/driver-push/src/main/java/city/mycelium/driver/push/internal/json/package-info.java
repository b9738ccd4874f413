/**
 * The little JSON that kits speak, read strictly and within limits. No network, no meaning: what a
 * value stands for is decided elsewhere.
 */
@NullMarked
package city.mycelium.driver.push.internal.json;

import org.jspecify.annotations.NullMarked;
