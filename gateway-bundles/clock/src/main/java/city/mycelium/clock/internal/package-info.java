/**
 * The machine's own time and threads behind the ports of {@code api.time}. The only place on a
 * gateway that reads the system's clock or makes a thread for somebody else's work; nothing here
 * knows what that work is.
 *
 * <p>Never exported: other bundles get these as services. Public, so that a plain {@code main} can
 * make them with {@code new}.
 */
@NullMarked
package city.mycelium.clock.internal;

import org.jspecify.annotations.NullMarked;
