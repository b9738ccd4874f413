/**
 * Files for an open-data portal: what was observed as CSV by the day, where as GeoJSON, and what it
 * all is as a DCAT-AP description. Pure, as every dialect is.
 */
@NullMarked
package city.mycelium.dialect.opendata.internal;

import org.jspecify.annotations.NullMarked;
