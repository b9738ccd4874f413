package city.mycelium.driver.lorawan.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.device.DeviceFile.Look;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceFileTest {

  private static final String APP_KEY = "00112233445566778899aabbccddeeff";
  private static final String OTHER_KEY = "ffeeddccbbaa99887766554433221100";
  private static final Eui BAY = Eui.parse("70b3d57ed0000001");
  private static final Eui BIN = Eui.parse("70b3d57ed0000002");
  private static final String TWO =
      """
      // Bays of the town hall
      {
        "devices": [
          {
            "devEui": "70B3D57ED0000001", // the one by the door
            "joinEui": "70-b3-d5-7e-d0-00-00-00",
            "name": "Bay 1",
            "profile": "bosch-tps110",
            "appKey": "00112233445566778899aabbccddeeff"
          },
          /* the bin */
          {
            "devEui": "70b3d57ed0000002", "profile": "noah-trashbin-sensor", "activation": "abp",
            "devAddr": "260b1a2b", "nwkSKey": "00112233445566778899aabbccddeeff",
            "appSKey": "ffeeddccbbaa99887766554433221100", "version": "1.0.4", "adr": false,
            "resetsCounters": true
          }
        ]
      }
      """;

  @TempDir Path data;
  private Path file;
  private DeviceFile devices;

  @BeforeEach
  void open() {
    file = data.resolve(DeviceFile.NAME);
    devices = new DeviceFile(data);
  }

  private void write(String text) throws IOException {
    // As editors do: another file takes its place, so that two writes in one tick differ as well.
    Path draft = Files.writeString(data.resolve("editor.tmp"), text);
    Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  private static NewDevice otaa(Eui devEui) {
    return NewDevice.heardHere(
        new RegisteredDevice(
            devEui,
            new Eui(1),
            new Activation.Otaa(AesKey.parse(APP_KEY)),
            Version.V1_0_3,
            "bosch-tps110",
            true,
            false),
        "Bay \"7\"");
  }

  @Test
  void everythingThatIsSaidOfADeviceIsRead() throws Exception {
    write(TWO);

    assertThat(devices.look()).isEqualTo(Look.IN_FORCE);

    assertThat(devices.mistakes()).isEmpty();
    assertThat(devices.device(BAY))
        .contains(
            new RegisteredDevice(
                BAY,
                Eui.parse("70b3d57ed0000000"),
                new Activation.Otaa(AesKey.parse(APP_KEY)),
                Version.V1_0_3,
                "bosch-tps110",
                true,
                false));
    RegisteredDevice bin =
        new RegisteredDevice(
            BIN,
            new Eui(0),
            new Activation.Abp(0x260b1a2b, AesKey.parse(APP_KEY), AesKey.parse(OTHER_KEY)),
            Version.V1_0_4,
            "noah-trashbin-sensor",
            false,
            true);
    assertThat(devices.personalized(0x260b1a2b)).containsExactly(bin);
    assertThat(devices.personalized(1)).isEmpty();
    assertThat(devices.all()).extracting(RegisteredDevice::devEui).containsExactly(BAY, BIN);
    assertThat(devices.listed()).extracting(NewDevice::name).containsExactly("Bay 1", "");
  }

  @Test
  void plainKeysAreEncryptedInPlaceAndNothingElseIsTouched() throws Exception {
    write(TWO);
    devices.look();

    String sealed = text();
    assertThat(sealed).doesNotContainIgnoringCase(APP_KEY).doesNotContainIgnoringCase(OTHER_KEY);
    assertThat(sealed.replaceAll("sealed:1:[A-Za-z0-9_-]+", "KEY"))
        .isEqualTo(TWO.replace(APP_KEY, "KEY").replace(OTHER_KEY, "KEY"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve(KeyChest.FILE))))
        .isEqualTo("rw-------");
    assertThat(devices.look()).isEqualTo(Look.UNCHANGED);
  }

  @Test
  void encryptedKeysAreReadAfterARestart() throws Exception {
    write(TWO);
    devices.look();

    DeviceFile again = new DeviceFile(data);
    again.look();

    assertThat(again.mistakes()).isEmpty();
    assertThat(again.all()).isEqualTo(devices.all()).hasSize(2);
  }

  /** Else whoever may write the file could make one device speak with the keys of another. */
  @Test
  void anEncryptedKeyOpensForItsOwnDeviceAndPurposeOnly() throws Exception {
    write(TWO);
    devices.look();
    String sealed = text();
    Matcher keys = Pattern.compile("sealed:1:[A-Za-z0-9_-]+").matcher(sealed);
    String[] key = new String[3];
    for (int i = 0; i < 3 && keys.find(); i++) {
      key[i] = keys.group();
    }

    // The two session keys of one device change places.
    write(sealed.replace(key[1], "?").replace(key[2], key[1]).replace("?", key[2]));
    DeviceFile swapped = new DeviceFile(data);
    assertThat(swapped.look()).isEqualTo(Look.MISTAKEN);
    assertThat(swapped.mistakes())
        .singleElement()
        .asString()
        .contains("SKey: this key was not encrypted here for this device and this purpose");

    // Another device takes the key of the first.
    write(sealed.replace("70B3D57ED0000001", "70b3d57ed0000009"));
    DeviceFile moved = new DeviceFile(data);
    assertThat(moved.look()).isEqualTo(Look.MISTAKEN);
    assertThat(moved.device(Eui.parse("70b3d57ed0000009"))).isEmpty();
    assertThat(moved.mistakes()).singleElement().asString().startsWith("line 9: appKey: ");
  }

  @Test
  void aMistakeIsNamedWithItsLineAndWhatWasInForceStaysSo() throws Exception {
    write(TWO);
    devices.look();

    write(TWO.replace("\"devAddr\": \"260b1a2b\"", "\"devAddr\": \"260b\""));

    assertThat(devices.look()).isEqualTo(Look.MISTAKEN);
    assertThat(devices.mistakes())
        .containsExactly("line 14: devAddr is 8 hexadecimal digits, such as 260b1a2b");
    assertThat(devices.all()).hasSize(2);
    // The keys are encrypted all the same: they must not lie open because of a slip elsewhere.
    assertThat(text()).doesNotContain(APP_KEY);
    assertThat(devices.look()).isEqualTo(Look.UNCHANGED);

    write(TWO);
    assertThat(devices.look()).isEqualTo(Look.IN_FORCE);
    assertThat(devices.mistakes()).isEmpty();
  }

  /** After a restart nothing is in force yet: one slip must not silence all other devices. */
  @Test
  void atTheStartTheDevicesWithoutAMistakeAreTaken() throws Exception {
    write(TWO.replace("\"devAddr\": \"260b1a2b\",", ""));

    assertThat(devices.look()).isEqualTo(Look.MISTAKEN);
    assertThat(devices.mistakes()).containsExactly("line 12: 'devAddr' is missing");
    assertThat(devices.all()).extracting(RegisteredDevice::devEui).containsExactly(BAY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"joinEui\": \"70-b3-d5-7e-d0-00-00-00\",     | | line 4: 'joinEui' is missing (AppEUI in"
            + " older papers): a device needs it to join",
        "\"profile\": \"bosch-tps110\",                | | line 4: 'profile' is missing",
        "\"name\": \"Bay 1\",                          | \"nam\": \"Bay 1\", | line 7: 'nam' means"
            + " nothing here",
        "\"name\": \"Bay 1\",                          | \"name\": 1, | line 7: name must be a text",
        "70B3D57ED0000001                              | 70B3 | line 5: devEui is 16 hexadecimal",
        "70B3D57ED0000001                              | 70b3d57ed0000002 | line 12: device"
            + " 70b3d57ed0000002 is in the list already",
        "\"version\": \"1.0.4\"                        | \"version\": \"1.1\" | line 15: version is",
        "\"activation\": \"abp\"                       | \"activation\": \"otaa\" | line 14: '",
        "\"adr\": false                                | \"adr\": \"no\" | line 15: adr must be true",
        "\"Bay 1\",                                    | \"Bay 1\" | line 8: this is not JSON here",
      })
  void eachMistakeHasItsWords(String good, String bad, String words) throws Exception {
    write(TWO.replace(good, bad == null ? "" : bad));

    assertThat(devices.look()).isEqualTo(Look.MISTAKEN);
    assertThat(devices.mistakes()).singleElement().asString().startsWith(words);
  }

  @Test
  void noMessageHoldsAKey() throws Exception {
    write(TWO.replace(APP_KEY, APP_KEY + "0"));
    devices.look();
    assertThat(String.join(" ", devices.mistakes()))
        .contains("appKey is 32 hexadecimal digits; this has 33 characters")
        .doesNotContain("00112233");

    write(TWO.replace("\"appKey\": \"" + APP_KEY + "\"", "\"" + APP_KEY + "\": \"appKey\""));
    devices.look();
    assertThat(String.join(" ", devices.mistakes())).isNotEmpty().doesNotContain("00112233");

    write(TWO.replace("\"appKey\": \"" + APP_KEY + "\"", "\"appKey\": " + APP_KEY));
    devices.look();
    assertThat(String.join(" ", devices.mistakes())).isNotEmpty().doesNotContain("00112233");
  }

  /** It would stay readable, and nobody would know. */
  @Test
  void aKeyInACommentIsPointedOut() throws Exception {
    write(TWO.replace("/* the bin */", "/* old: " + OTHER_KEY + " */"));

    assertThat(devices.look()).isEqualTo(Look.IN_FORCE);
    assertThat(devices.mistakes())
        .containsExactly(
            "line 11: a comment holds what looks like a key, and stays readable: remove it");
  }

  @Test
  void withoutTheMasterKeyNoOtherIsMadeInItsPlace() throws Exception {
    write(TWO);
    devices.look();
    Files.delete(data.resolve(KeyChest.FILE));
    write(text().replaceFirst("sealed:1:[A-Za-z0-9_-]+", APP_KEY));

    DeviceFile again = new DeviceFile(data);
    assertThat(again.look()).isEqualTo(Look.MISTAKEN);

    assertThat(String.join(" ", again.mistakes()))
        .contains("lorawan-master.key is not there")
        .contains("keys stay in plain");
    assertThat(data.resolve(KeyChest.FILE)).doesNotExist();
    assertThat(again.all()).extracting(RegisteredDevice::devEui).containsExactly(BAY);
  }

  @Test
  void aDeviceIsAddedBehindTheOthersAndCommentsStay() throws Exception {
    write(TWO);
    devices.look();
    String before = text();
    Eui third = Eui.parse("70b3d57ed0000003");

    devices.add(otaa(third));

    assertThat(devices.device(third)).isEqualTo(otaa(third).own());
    assertThat(devices.listed()).contains(otaa(third));
    assertThat(text()).contains("// the one by the door", "/* the bin */");
    DeviceFile again = new DeviceFile(data);
    assertThat(again.look()).isEqualTo(Look.IN_FORCE);
    assertThat(again.all()).isEqualTo(devices.all()).hasSize(3);

    devices.remove(third);
    assertThat(text().replaceAll("\\s", "")).isEqualTo(before.replaceAll("\\s", ""));
  }

  @Test
  void theFirstDeviceMakesTheFile() throws Exception {
    devices.look();

    devices.add(otaa(BAY));

    DeviceFile again = new DeviceFile(data);
    again.look();
    assertThat(again.device(BAY)).isEqualTo(otaa(BAY).own());
    assertThat(text()).doesNotContain(APP_KEY);
    assertThat(devices.look()).isEqualTo(Look.UNCHANGED);
  }

  @ParameterizedTest
  @CsvSource({"70b3d57ed0000001,70b3d57ed0000002", "70b3d57ed0000002,70b3d57ed0000001"})
  void aDeviceIsRemovedWhereverItStands(String gone, String left) throws Exception {
    write(TWO);
    devices.look();

    devices.remove(Eui.parse(gone));

    DeviceFile again = new DeviceFile(data);
    assertThat(again.look()).isEqualTo(Look.IN_FORCE);
    assertThat(again.all()).extracting(RegisteredDevice::devEui).containsExactly(Eui.parse(left));
    assertThat(text()).contains("/* the bin */");
    devices.remove(Eui.parse(left));
    assertThat(devices.all()).isEmpty();
    devices.add(otaa(BAY));
    assertThat(devices.all()).hasSize(1);
  }

  /** Another network has its keys, and our own must never look for it. */
  @Test
  void aDeviceOfAnotherNetworkHasAProfileAndNoKeys() throws Exception {
    NewDevice elsewhere = NewDevice.heardElsewhere(BIN, "noah-trashbin-sensor", "Bin 2");
    devices.add(elsewhere);

    DeviceFile again = new DeviceFile(data);
    assertThat(again.look()).isEqualTo(Look.IN_FORCE);
    assertThat(again.listed()).containsExactly(elsewhere);
    assertThat(again.profile(BIN)).contains("noah-trashbin-sensor");
    assertThat(again.all()).isEmpty();
    assertThat(again.device(BIN)).isEmpty();

    write(text().replace("\"activation\"", "\"appKey\": \"" + APP_KEY + "\", \"activation\""));
    assertThat(again.look()).isEqualTo(Look.MISTAKEN);
    assertThat(again.mistakes().get(0)).contains("feed has none of them");
    assertThat(text()).doesNotContain(APP_KEY);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws Exception {
    devices.add(otaa(BAY));

    assertThatThrownBy(() -> devices.add(otaa(BAY)))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("is registered already");
    assertThatThrownBy(() -> devices.remove(BIN))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("no device 70b3d57ed0000002 is registered");
    write("{ \"devices\": [ }");
    assertThatThrownBy(() -> devices.add(otaa(BIN)))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("line 1");
    assertThat(text()).isEqualTo("{ \"devices\": [ }");
  }
}
