package city.mycelium.driver.sysfs.internal.gpio;

/**
 * One change of a line from inactive to active, after the kernel's debouncing.
 *
 * @param nanos when, by the kernel's CLOCK_MONOTONIC
 * @param number the how manieth it is since the line was opened, from 1; 32 bits, after which it
 *     begins at 0
 */
public record Edge(long nanos, long number) {}
