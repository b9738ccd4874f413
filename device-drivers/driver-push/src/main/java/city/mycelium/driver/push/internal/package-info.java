/**
 * The HTTP endpoint for Wi-Fi kits on the local network: server, limits, credentials, repeats. What
 * the kits' formats are lives in the packages below; what becomes of a Reading lives behind {@link
 * city.mycelium.api.driver.Intake}.
 */
@NullMarked
package city.mycelium.driver.push.internal;

import org.jspecify.annotations.NullMarked;
