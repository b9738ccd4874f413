/** TLS out of PEM files: of a server for stations, of a client for brokers. */
@NullMarked
package city.mycelium.driver.lorawan.internal.tls;

import org.jspecify.annotations.NullMarked;
