package city.mycelium.driver.modbus.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Golden;

/** The registers and what they mean are those of {@link BuiltInProfilesTest}, with the sources. */
class Ld120ContractTest implements ProfileContract {

  @Override
  public String profile() {
    return "proconel-ld120";
  }

  @Override
  public FakeUnit registers() {
    return new FakeUnit()
        .put(4, 0, "1222")
        .bit(2, 4, false)
        .bit(2, 5, false)
        .put(3, 9, "0001 0002");
  }

  @Override
  public Golden golden() {
    return Golden.results().result("vehicles", new Result.Counter(65_538));
  }
}
