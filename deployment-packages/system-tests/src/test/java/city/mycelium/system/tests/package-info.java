/**
 * End to end: the packaged gateway, a real Mosquitto and the receiver as processes of their own.
 */
@NullMarked
package city.mycelium.system.tests;

import org.jspecify.annotations.NullMarked;
