package city.mycelium.driver.lorawan.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LorawanCommandsTest {

  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final Map<String, String> BAY =
      Map.of(
          "dev-eui", "70B3D57ED0000001",
          "join-eui", "70b3d57ed0000000",
          "profile", "bosch-tps110",
          "name", "Bay 1",
          "app-key", KEY + "\n");

  @TempDir Path data;

  private Map<String, Object> run(String name, Map<String, String> arguments)
      throws CommandException {
    for (Command command : StoppedLorawan.open(data, Optional.empty()).commands()) {
      if (command.name().equals(name)) {
        return command.run(arguments);
      }
    }
    throw new AssertionError("no command " + name);
  }

  private Map<DeviceId, Map<String, Object>> listed() {
    return StoppedLorawan.open(data, Optional.empty()).accounts().devices();
  }

  @Test
  void aDeviceIsAddedListedAndRemoved() throws Exception {
    assertThat(run("device add", BAY))
        .isEqualTo(
            Map.of(
                "device", "lorawan.70b3d57ed0000001",
                "profile", "bosch-tps110",
                "activation", "otaa",
                "state", "registered"));
    assertThat(listed())
        .isEqualTo(
            Map.of(
                new DeviceId("lorawan.70b3d57ed0000001"),
                Map.of("name", "Bay 1", "profile", "bosch-tps110", "uplinks", 0L)));
    assertThat(Files.readString(data.resolve(DeviceFile.NAME))).doesNotContain(KEY);

    run("device remove", Map.of("device", "lorawan.70b3d57ed0000001"));
    assertThat(listed()).isEmpty();
  }

  @Test
  void aDeviceOfAnotherNetworkNeedsNoKeys() throws Exception {
    Map<String, String> feed =
        Map.of("dev-eui", "70b3d57ed0000001", "profile", "bosch-tps110", "activation", "feed");
    assertThat(run("device add", feed)).containsEntry("activation", "feed");
    assertThat(listed()).containsKey(new DeviceId("lorawan.70b3d57ed0000001"));
  }

  @Test
  void aPersonalizedDeviceNeedsNoJoinEui() throws Exception {
    Map<String, String> abp =
        Map.of(
            "dev-eui", "70b3d57ed0000001",
            "profile", "bosch-tps110",
            "dev-addr", "260b1a2b",
            "nwk-skey", KEY,
            "app-skey", KEY);
    assertThat(run("device add", abp)).containsEntry("activation", "abp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev-eui  | 70b3      | --dev-eui: an EUI is 16 hexadecimal digits, not '70b3'; it stands",
        "join-eui |           | say which: --join-eui",
        "profile  | boschx    | there is no profile 'boschx'. There are bosch-tps110, cayenne-lpp",
        "app-key  | 0011      | app-key: an AES-128 key is 32 hexadecimal digits; this has 4",
        "lorawan  | 1.1       | --lorawan is 1.0.3",
        "adr      | on        | --adr is true or false",
        "dev-addr | 26        | dev-addr is 8 hexadecimal digits",
      })
  void whatIsMissingOrWrongIsSaidInWords(String name, String value, String words) {
    Map<String, String> arguments = new LinkedHashMap<>(BAY);
    arguments.put(name, value == null ? "" : value);

    assertThatThrownBy(() -> run("device add", arguments))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(words)
        .hasMessageNotContaining("00112233");
  }

  @Test
  void onlyWhatIsRegisteredIsRemoved() {
    assertThatThrownBy(() -> run("device remove", Map.of("device", "lorawan.70b3d57ed0000001")))
        .hasMessageContaining("is registered");
    assertThatThrownBy(() -> run("device remove", Map.of("device", "sds011.roof")))
        .hasMessageContaining("only LoRaWAN devices");
  }
}
