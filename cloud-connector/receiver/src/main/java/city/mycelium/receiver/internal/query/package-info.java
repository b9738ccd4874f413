/**
 * Questions to what the receiver holds, each one class: its SQL and its answer as values. Nothing
 * here writes, and nothing here knows HTTP.
 */
@NullMarked
package city.mycelium.receiver.internal.query;

import org.jspecify.annotations.NullMarked;
