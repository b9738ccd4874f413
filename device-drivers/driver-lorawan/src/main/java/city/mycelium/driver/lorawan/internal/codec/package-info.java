/**
 * Payload codecs as vendors publish them (TS013: {@code decodeUplink}, {@code normalizeUplink}, and
 * the older {@code Decoder}), run unmodified and kept in bounds. Knows neither sockets nor OSGi.
 */
@NullMarked
package city.mycelium.driver.lorawan.internal.codec;

import org.jspecify.annotations.NullMarked;
