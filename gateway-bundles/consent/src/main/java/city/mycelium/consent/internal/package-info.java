/** The rules behind the gate. Decides; sends nothing and stores nothing. */
@NullMarked
package city.mycelium.consent.internal;

import org.jspecify.annotations.NullMarked;
