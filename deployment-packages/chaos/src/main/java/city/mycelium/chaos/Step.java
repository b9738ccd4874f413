package city.mycelium.chaos;

import java.time.Duration;

/**
 * One thing that is made to go wrong.
 *
 * @param pause how long all is left in peace before it
 * @param lasts how long it stays so; zero for what is over at once
 * @param andKill whether the gateway is killed in the middle of it as well
 */
record Step(Fault fault, Duration pause, Duration lasts, boolean andKill) {}
