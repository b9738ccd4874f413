package city.mycelium.driver.modbus.internal;

import city.mycelium.driver.kit.Golden;

/** The registers and what they mean are those of {@link BuiltInProfilesTest}, with the sources. */
class LeveLineContractTest implements ProfileContract {

  @Override
  public String profile() {
    return "aquaread-leveline-ctd";
  }

  @Override
  public FakeUnit registers() {
    return new FakeUnit().put(4, 0, "04D2 00001327").put(4, 7, "00000200");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("water-temperature", 12.34, 0)
        .number("water-level", 49_030 / (1_000 * 9.80665), 1e-6)
        .number("water-conductivity", 512, 0);
  }
}
