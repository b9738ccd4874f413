package city.mycelium.driver.modbus.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.driver.kit.Golden;

/** The registers and what they mean are those of {@link BuiltInProfilesTest}, with the sources. */
class Sdm630ContractTest implements ProfileContract {

  @Override
  public String profile() {
    return "sdm630";
  }

  @Override
  public FakeUnit registers() {
    return new FakeUnit()
        .put(
            4,
            0x00,
            "43663334 43663334 43663334 3FC00000 3FC00000 3E800000 43AC8000 43AC8000 C1480000")
        .put(4, 0x34, "43AC8000")
        .put(4, 0x48, "41480000 3E800000");
  }

  @Override
  public Golden golden() {
    return Golden.results()
        .number("voltage-L1", 230.2, 0.05)
        .number("voltage-L2", 230.2, 0.05)
        .number("voltage-L3", 230.2, 0.05)
        .number("current-L1", 1.5, 0)
        .number("current-L2", 1.5, 0)
        .number("current-L3", 0.25, 0)
        .number("power-L1", 345, 0)
        .number("power-L2", 345, 0)
        .number("power-L3", -12.5, 0)
        .number("power", 345, 0)
        .result("import", new Result.Counter(12_500))
        .result("export", new Result.Counter(250));
  }
}
