package city.mycelium.driver.modbus.internal.profile;

import java.math.BigDecimal;

/**
 * What must stand in a register.
 *
 * @param says what it means if something else does, for a person
 */
public record Expectation(Register register, BigDecimal value, String says) {

  /** Whether it does. */
  public boolean isMetBy(Register.Content content) {
    return content.number().filter(n -> n.compareTo(value) == 0).isPresent();
  }
}
