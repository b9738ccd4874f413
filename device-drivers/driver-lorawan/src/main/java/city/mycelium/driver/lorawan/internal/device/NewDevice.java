package city.mycelium.driver.lorawan.internal.device;

/**
 * What is registered: the device, and what people call it.
 *
 * @param name for people; may be empty
 */
public record NewDevice(RegisteredDevice device, String name) {}
