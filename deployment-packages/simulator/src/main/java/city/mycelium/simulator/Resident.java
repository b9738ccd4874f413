package city.mycelium.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One device of the neighbourhood as a gateway knows it.
 *
 * @param device its name there
 * @param kind what sort of device it is
 * @param port the name of its serial port, if it has one
 * @param adopted whether the demo's gateway knows it; what the others say is held back
 */
public record Resident(String device, String kind, @Nullable String port, boolean adopted) {}
