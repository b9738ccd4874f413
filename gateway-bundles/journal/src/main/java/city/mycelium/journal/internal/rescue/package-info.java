/**
 * What SQLite's file format tells when SQLite itself cannot be asked, or would not notice: the
 * write-ahead log, the pages of the file, the end of a table. Knows the format (SQLite, "Database
 * File Format"), and nothing of what a journal keeps in it; reads only, except for {@link
 * city.mycelium.journal.internal.rescue.WriteAheadLog#copyInto}.
 */
@NullMarked
package city.mycelium.journal.internal.rescue;

import org.jspecify.annotations.NullMarked;
