package city.mycelium.api.time;

/**
 * A point in time that needs no calendar: how long after which start of the machine. What is read
 * before the time can be trusted carries one.
 *
 * @param boot the kernel's id of this start of the machine (Linux, {@code
 *     /proc/sys/kernel/random/boot_id})
 * @param monotonicNanos as {@link Clock#monotonicNanos()} said, which counts from that start on
 */
public record Moment(String boot, long monotonicNanos) {}
