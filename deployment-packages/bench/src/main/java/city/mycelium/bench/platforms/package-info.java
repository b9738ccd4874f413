/**
 * {@code bench platforms}: every connector with every dialect that goes with it, over real sockets
 * of this machine, while something goes wrong. Platforms here keep what arrives by their own rules
 * and are asked at the end; what the gateway believes is held against that.
 */
@NullMarked
package city.mycelium.bench.platforms;

import org.jspecify.annotations.NullMarked;
