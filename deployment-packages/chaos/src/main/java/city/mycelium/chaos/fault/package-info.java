/** What can be done to a running gateway and to what it leans on, one class a fault. */
@NullMarked
package city.mycelium.chaos.fault;

import org.jspecify.annotations.NullMarked;
