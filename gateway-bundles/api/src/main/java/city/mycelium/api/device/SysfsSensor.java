package city.mycelium.api.device;

/**
 * A kind of device that a driver of the kernel reads, and that shows in files. It is one class with
 * {@code @Component}: found by being there, from any bundle.
 */
public interface SysfsSensor extends DeviceKind<Sysfs> {}
