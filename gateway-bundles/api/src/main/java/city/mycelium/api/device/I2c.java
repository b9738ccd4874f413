package city.mycelium.api.device;

import java.time.Duration;

/**
 * One chip at its address on an I²C bus (NXP UM10204). Each call is one transaction that no other
 * chip's can come between; for one thread.
 *
 * <p>Every method throws {@link DeviceException}: UNREACHABLE if the chip does not acknowledge or
 * the bus is gone, CONFIG if this bus cannot do what is asked (I2C_FUNCS; SMBus controllers refuse
 * plain transfers). Bytes are given and returned as 0 to 255.
 */
public interface I2c {

  /** Writes bytes: START, address, bytes, STOP. */
  void write(int... bytes) throws DeviceException;

  /** Reads bytes: START, address, bytes, STOP. */
  int[] read(int count) throws DeviceException;

  /** Writes, and reads after a repeated START (UM10204 3.1.10). */
  int[] writeRead(int[] bytes, int count) throws DeviceException;

  /**
   * Reads consecutive registers, on an SMBus controller by the means that it has (I²C block read,
   * else byte by byte).
   *
   * @param register 0 to 255
   */
  int[] readRegisters(int register, int count) throws DeviceException;

  /**
   * Writes one register.
   *
   * @param register 0 to 255
   */
  void writeRegister(int register, int value) throws DeviceException;

  /**
   * Lets time pass, for a conversion to end. The bus is free for others meanwhile.
   *
   * @param time at most 2 s: what takes longer is a matter of the schedule
   */
  void pause(Duration time) throws DeviceException;
}
