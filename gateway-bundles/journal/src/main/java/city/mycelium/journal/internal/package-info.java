/**
 * The journal in SQLite, and the only place on the gateway that speaks SQL: the codec of a block,
 * the file with its one writer and its reader, the data directory, and the OSGi shell. What an
 * observation means, who consumes it and where it goes is not known here.
 */
@NullMarked
package city.mycelium.journal.internal;

import org.jspecify.annotations.NullMarked;
