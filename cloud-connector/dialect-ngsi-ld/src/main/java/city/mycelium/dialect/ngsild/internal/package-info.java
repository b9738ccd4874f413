/**
 * NGSI-LD (ETSI GS CIM 009) as a Destination speaks it: entities of the smart data models, updated
 * in place. No network, no clock.
 */
@NullMarked
package city.mycelium.dialect.ngsild.internal;

import org.jspecify.annotations.NullMarked;
