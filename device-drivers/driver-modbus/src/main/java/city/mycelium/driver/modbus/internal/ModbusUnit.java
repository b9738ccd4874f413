package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.DeviceException;

/** One unit on a Modbus bus. For one thread at a time. */
public interface ModbusUnit {

  /**
   * Asks the unit (Application Protocol V1.1b3, 4.1: function code and data).
   *
   * @return its answer likewise, of the length and function that the question asks for, or its
   *     refusal
   * @throws DeviceException UNREACHABLE if none comes in time, CORRUPT if what comes is no answer
   */
  byte[] ask(byte[] question) throws DeviceException;

  /** Asks without another unit being asked in between: what comes is of one time. */
  default void together(Questions questions) throws DeviceException {
    questions.ask();
  }

  /** What is asked together. */
  @FunctionalInterface
  interface Questions {
    void ask() throws DeviceException;
  }
}
