package city.mycelium.receiver.internal.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "tcp://broker.example:1883, true",
    "tcp://192.0.2.7:1883, true",
    "ssl://broker.example:8883, false",
    "tcp://localhost:1883, false",
    "tcp://127.0.0.1:1883, false",
    "tcp://[::1]:1883, false"
  })
  void plainTcpIsExposedUnlessItStaysOnThisMachine(String url, boolean exposed) {
    assertThat(new BrokerSettings(url, "receiver", null, null, null).isExposed())
        .isEqualTo(exposed);
  }
}
