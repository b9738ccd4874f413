package city.mycelium.driver.lorawan.internal.phy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What other implementations say about the same bytes; where each vector comes from stands in it.
 */
class VectorsTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final AesKey NONE = AesKey.of(new byte[16]);

  private static List<JsonObject> vectors() {
    try (InputStream in =
            Objects.requireNonNull(VectorsTest.class.getResourceAsStream("/lorawan/vectors.json"));
        JsonReader reader = Json.createReader(in)) {
      return reader.readObject().getJsonArray("vectors").getValuesAs(JsonObject.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allOfThemAreThere() {
    assertThat(vectors()).hasSize(19);
  }

  @TestFactory
  Stream<DynamicTest> vector() {
    return vectors().stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.getString("type") + ": " + vector.getString("source"),
                    () -> check(vector, vector.getJsonObject("expect"))));
  }

  private static void check(JsonObject vector, JsonObject expect) throws FrameException {
    switch (vector.getString("type")) {
      case "data" -> data(vector, expect);
      case "join-request" -> joinRequest(vector, expect);
      case "join-accept" -> joinAccept(vector, expect);
      case "session-keys-1.0" -> sessionKeys(vector, expect);
      case "aes-cmac" ->
          assertThat(new Aes(key(vector, "key")).cmac(bytes(vector, "message")))
              .isEqualTo(bytes(expect, "mac"));
      default -> fail("a kind of vector that nobody checks: " + vector.getString("type"));
    }
  }

  private static void data(JsonObject vector, JsonObject expect) throws FrameException {
    byte[] phy = bytes(vector, "phy");
    DataFrame frame = (DataFrame) PhyPayload.parse(phy);
    DataHeader header = frame.header();
    SessionKeys keys = new SessionKeys(key(vector, "nwkSKey"), key(vector, "appSKey"));
    long fCnt = ((long) vector.getInt("fCntMsb") << 16) | header.fCnt();

    assertThat(frame.mType()).isEqualTo(expect.getInt("mtype"));
    assertThat(HEX.toHexDigits(header.devAddr())).isEqualTo(expect.getString("devAddr"));
    assertThat(header.fCtrl().adr()).isEqualTo(expect.getBoolean("adr"));
    assertThat(header.fCtrl().ack()).isEqualTo(expect.getBoolean("ack"));
    assertThat(header.fCnt()).isEqualTo(expect.getInt("fCnt"));
    assertThat(header.fOpts()).isEqualTo(bytes(expect, "fOpts"));
    assertThat(header.fPort()).isEqualTo(expect.getInt("fPort"));
    assertThat(frame.encrypted()).isEqualTo(bytes(expect, "frmEncrypted"));
    assertThat(frame.isFrom(keys, fCnt)).isEqualTo(expect.getBoolean("micValid"));
    assertThat(frame.isFrom(keys, fCnt + 65536)).as("another counter never fits").isFalse();
    if (expect.containsKey("frmPlain")) {
      byte[] plain = bytes(expect, "frmPlain");
      assertThat(frame.plain(keys, fCnt)).isEqualTo(plain);
      assertThat(DataFrame.build(keys, header, fCnt, plain)).as("built anew").isEqualTo(phy);
    }
  }

  private static void joinRequest(JsonObject vector, JsonObject expect) throws FrameException {
    byte[] phy = bytes(vector, "phy");
    JoinRequest request = (JoinRequest) PhyPayload.parse(phy);
    Aes root = new Aes(key(vector, "appKey"));
    assertThat(request.joinEui()).isEqualTo(Eui.parse(expect.getString("joinEui")));
    assertThat(request.devEui()).isEqualTo(Eui.parse(expect.getString("devEui")));
    assertThat(request.devNonce()).isEqualTo(expect.getInt("devNonce"));
    assertThat(request.isFrom(root)).isEqualTo(expect.getBoolean("micValid"));
    byte[] built = JoinRequest.build(root, request.joinEui(), request.devEui(), request.devNonce());
    if (expect.getBoolean("micValid")) {
      assertThat(built).isEqualTo(phy);
    } else {
      assertThat(built).isNotEqualTo(phy);
    }
  }

  private static void joinAccept(JsonObject vector, JsonObject expect) throws FrameException {
    byte[] phy = bytes(vector, "phyEncrypted");
    Aes root = new Aes(key(vector, "appKey"));
    SealedJoinAccept.Opened opened = ((SealedJoinAccept) PhyPayload.parse(phy)).open(root);
    assertThat(opened.plain()).isEqualTo(bytes(vector, "phyPlain"));
    assertThat(opened.isGenuine()).isEqualTo(expect.getBoolean("micValid"));
    assertThat(opened.accept().appNonce()).isEqualTo(number(expect, "appNonce"));
    assertThat(opened.accept().netId()).isEqualTo(number(expect, "netId"));
    assertThat(opened.accept().devAddr()).isEqualTo(number(expect, "devAddr"));
    assertThat(opened.accept().rx1DrOffset() << 4 | opened.accept().rx2DataRate())
        .isEqualTo(expect.getInt("dlSettings"));
    assertThat(opened.accept().rxDelaySeconds()).isEqualTo(expect.getInt("rxDelay"));
    assertThat(opened.accept().cfList()).isEmpty();
    assertThat(opened.accept().build(root)).as("built anew").isEqualTo(phy);
  }

  private static void sessionKeys(JsonObject vector, JsonObject expect) {
    SessionKeys keys =
        SessionKeys.derive(
            key(vector, "appKey"),
            number(vector, "appNonce"),
            number(vector, "netId"),
            number(vector, "devNonce"));
    assertThat(keys.nwkSKey().bytes()).isEqualTo(bytes(expect, "nwkSKey"));
    assertThat(keys.appSKey().bytes()).isEqualTo(bytes(expect, "appSKey"));
  }

  private static AesKey key(JsonObject of, String name) {
    return of.get(name) == null || of.get(name) == JsonValue.NULL
        ? NONE
        : AesKey.parse(of.getString(name));
  }

  private static byte[] bytes(JsonObject of, String name) {
    return HEX.parseHex(of.getString(name));
  }

  private static int number(JsonObject of, String name) {
    return Integer.parseUnsignedInt(of.getString(name), 16);
  }
}
