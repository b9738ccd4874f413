package city.mycelium.driver.lorawan.internal.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.CfList;
import city.mycelium.driver.lorawan.internal.phy.Cid;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import city.mycelium.driver.lorawan.internal.phy.JoinAccept;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameInspectionTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static Optional<AesKey> key(JsonObject vector, String name) {
    return vector.get(name) instanceof JsonString text
        ? Optional.of(AesKey.parse(text.getString()))
        : Optional.empty();
  }

  /** Every member that a vector expects is in the tree, under the same name. */
  @Test
  void everyVectorIsShownAsItIsExpected() throws Exception {
    int frames = 0;
    try (InputStream in =
            Objects.requireNonNull(getClass().getResourceAsStream("/lorawan/vectors.json"));
        JsonReader reader = Json.createReader(in)) {
      for (JsonObject vector :
          reader.readObject().getJsonArray("vectors").getValuesAs(JsonObject.class)) {
        String phy = vector.getString("phy", vector.getString("phyEncrypted", ""));
        if (phy.isEmpty()) {
          continue; // no frame
        }
        frames++;
        JsonObject shown =
            FrameInspection.of(
                hex(phy),
                new InspectionKeys(
                    key(vector, "nwkSKey"),
                    key(vector, "appSKey"),
                    key(vector, "appKey"),
                    vector.getInt("fCntMsb", 0)));
        vector
            .getJsonObject("expect")
            .forEach(
                (name, value) ->
                    assertThat(shown.get(name))
                        .as(vector.getString("source") + ": " + name)
                        .isEqualTo(value));
        for (String name : List.of("nwkSKey", "appSKey", "appKey")) {
          key(vector, name)
              .ifPresent(
                  secret ->
                      assertThat(shown.toString())
                          .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret.bytes())));
        }
      }
    }
    assertThat(frames).isEqualTo(16);
  }

  @Test
  void withoutKeysEverythingIsShownThatIsInTheClear() throws Exception {
    JsonObject shown =
        FrameInspection.of(hex("40f17dbe4900020001954378762b11ff0d"), InspectionKeys.NONE);
    assertThat(shown.getString("micValid")).isEqualTo("not checked");
    assertThat(shown.getString("devAddr")).isEqualTo("49be7df1");
    assertThat(shown.getString("kind")).isEqualTo("unconfirmed data up");
    assertThat(shown).doesNotContainKey("frmPlain");
    JsonObject accept =
        FrameInspection.of(hex("20493eeb51fba2116f810edb3742975142"), InspectionKeys.NONE);
    assertThat(accept.getString("note")).contains("AppKey");
    assertThat(accept).doesNotContainKey("devAddr");
  }

  @Test
  void channelsOfAJoinAcceptAreFrequencies() throws Exception {
    AesKey appKey = AesKey.of(new byte[16]);
    byte[] frame =
        new JoinAccept(
                1,
                0,
                2,
                0,
                0,
                1,
                Optional.of(CfList.ofFrequencies(List.of(867_100_000L, 867_950_000L))))
            .build(new Aes(appKey));
    JsonObject shown =
        FrameInspection.of(
            frame, new InspectionKeys(Optional.empty(), Optional.empty(), Optional.of(appKey), 0));
    assertThat(shown.getString("cfListMegahertz")).isEqualTo("867.1 867.95");
  }

  @Test
  void macCommandsAreSaidInWords() throws Exception {
    JsonObject shown =
        FrameInspection.of(hex("40010203040400000307" + "80aa" + "aabbccdd"), InspectionKeys.NONE);
    assertThat(shown.getJsonArray("macCommands").getJsonObject(0).getString("means"))
        .isEqualTo("power taken, data rate taken, channels taken");
    assertThat(shown.getString("macNotRead")).isEqualTo("80aa");
  }

  @Test
  void everyMacCommandHasWordsInBothDirections() {
    for (Cid cid : Cid.values()) {
      for (Direction direction : Direction.values()) {
        for (byte fill : new byte[] {0, 1, 0x55, -1}) {
          byte[] payload = new byte[cid.lengthGoing(direction)];
          java.util.Arrays.fill(payload, fill);
          assertThat(MacWords.of(new MacCommand(cid, direction, payload))).isNotBlank();
        }
      }
    }
    assertThat(MacWords.of(MacCommand.devStatusAns(254, -3)))
        .isEqualTo("battery 100 %, heard us at -3 dB SNR");
    assertThat(MacWords.of(MacCommand.linkAdrReq(5, 1, 0xff, 0, 1)))
        .contains("data rate 5 and power 1, channel mask 00ff");
    assertThat(MacWords.of(MacCommand.deviceTimeAns(1_000_000_000_000L)))
        .contains("2011-09-14T01:46:40Z by GPS");
  }

  @Test
  void whatIsNoFrameIsRefusedWithItsReason() {
    assertThatThrownBy(() -> FrameInspection.of(hex("ff"), InspectionKeys.NONE))
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("major version 3");
  }

  @Test
  void upperHalfOfACounterHasSixteenBits() {
    assertThatThrownBy(
            () -> new InspectionKeys(Optional.empty(), Optional.empty(), Optional.empty(), 65_536))
        .hasMessageContaining("0 to 65535");
  }
}
