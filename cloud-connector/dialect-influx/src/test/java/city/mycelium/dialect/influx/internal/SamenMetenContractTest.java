package city.mycelium.dialect.influx.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.testkit.dialect.DialectContract;
import city.mycelium.testkit.dialect.SampleCity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What goes to RIVM holds what every dialect holds. */
class SamenMetenContractTest extends DialectContract {

  /** All that its rules take: numbers about the air, raw, with a time. */
  private static final Set<String> SAYABLE =
      Set.of(
          "paddenstoel.123/NO2",
          "paddenstoel.123/PM25",
          "paddenstoel.123/PM10",
          "paddenstoel.123/T",
          "paddenstoel.123/RH",
          "paddenstoel.123/P",
          "paddenstoel.123/CO2");

  @Override
  protected DialectKind kind() {
    return new SamenMetenComponent();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("group", "sensoren", "setups", "PM10=SDS011,PM2.5=SDS011,NO2=NO2-B43F");
  }

  @Override
  protected Answer answer(Message message) {
    return new Answer.Replied(204, new byte[0]);
  }

  @Override
  protected List<Long> unspeakable() {
    return SampleCity.observations().stream()
        .filter(
            each ->
                !SAYABLE.contains(each.datastream().id().value())
                    || each.observation().quality().name().equals("UNDATED"))
        .map(Described::observation)
        .map(observation -> observation.identity().offset())
        .toList();
  }
}
