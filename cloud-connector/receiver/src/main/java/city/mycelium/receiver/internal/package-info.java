/**
 * What more than one part of the receiver needs: how long to wait before trying again, and what it
 * has done so far. Anything that belongs to one part lives there.
 */
@NullMarked
package city.mycelium.receiver.internal;

import org.jspecify.annotations.NullMarked;
