package city.mycelium.driver.modbus.internal;

import city.mycelium.api.device.Results;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps results by their outputs. */
final class Taken implements Results {

  final Map<String, Result> results = new LinkedHashMap<>();

  @Override
  public void put(String output, Result result) {
    results.put(output, result);
  }

  @Override
  public void put(String output, Result result, PhenomenonTime time) {
    throw new UnsupportedOperationException("Modbus tells no time");
  }

  @Override
  public void at(PhenomenonTime time) {
    throw new UnsupportedOperationException("Modbus tells no time");
  }
}
