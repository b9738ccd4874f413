package city.mycelium.driver.modbus.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Golden;

/** The registers and what they mean are those of {@link BuiltInProfilesTest}, with the sources. */
class Sdm120ContractTest implements ProfileContract {

  @Override
  public String profile() {
    return "sdm120";
  }

  @Override
  public FakeUnit registers() {
    return new FakeUnit()
        .put(4, 0x00, "43663334 00000000 00000000 3FC00000 00000000 00000000 43AC8000")
        .put(4, 0x48, "41480000 3E800000");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("voltage", 230.2, 0.05)
        .number("current", 1.5, 0)
        .number("power", 345, 0)
        .result("import", new Result.Counter(12_500))
        .result("export", new Result.Counter(250));
  }
}
