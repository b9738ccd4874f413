/**
 * How SenML is read and written, and what a gateway does with it. Pure: no network, no clock, no
 * thread, no log.
 */
@NullMarked
package city.mycelium.dialect.senml.internal;

import org.jspecify.annotations.NullMarked;
