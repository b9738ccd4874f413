package city.mycelium.driver.modbus.internal;

import city.mycelium.driver.kit.Golden;

/** The registers and what they mean are those of {@link BuiltInProfilesTest}, with the sources. */
class SeeedSoilProbeContractTest implements ProfileContract {

  @Override
  public String profile() {
    return "seeed-s-soil-mtec-02";
  }

  @Override
  public FakeUnit registers() {
    return new FakeUnit().put(3, 0x21, "0000").put(4, 0, "0702 071D");
  }

  @Override
  public Golden golden() {
    return Golden.results().number("soil-temperature", 17.94, 0).number("soil-moisture", 18.21, 0);
  }
}
