/**
 * From a message to a commit to an acknowledgement: understands what gateways say, groups it, has
 * it stored, and only then lets it be told. Knows neither MQTT nor SQL.
 */
@NullMarked
package city.mycelium.receiver.internal.intake;

import org.jspecify.annotations.NullMarked;
