/**
 * From Readings to Drafts: the one place where a Reading is checked, stamped, recognised as a
 * repeat, held or refused. Writes only through the journal's port; never learns which driver calls.
 */
@NullMarked
package city.mycelium.pipeline.internal;

import org.jspecify.annotations.NullMarked;
