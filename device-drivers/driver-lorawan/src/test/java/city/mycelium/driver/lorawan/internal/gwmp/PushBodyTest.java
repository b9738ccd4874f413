package city.mycelium.driver.lorawan.internal.gwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushBodyTest {

  private static final String GOOD =
      "\"tmst\":1,\"freq\":868.1,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"rssi\":-60,"
          + "\"lsnr\":7.5,\"size\":3,\"data\":\"AQID\"";

  // PROTOCOL.TXT, 4: the example of rxpk, which mixes both alphabets of base64 without padding.
  @Test
  void readsTheExamplesOfTheProtocol() throws Exception {
    PushBody body = PushBody.read(Golden.text("rxpk.json"));

    assertThat(body.bad()).isEmpty();
    assertThat(body.badCrc()).isZero();
    assertThat(body.stat()).isNull();
    assertThat(body.frames()).hasSize(3);
    Rxpk first = body.frames().get(0);
    assertThat(first.phyPayload()).hasSize(32).startsWith(0xf8, 0x34, 0xb8).endsWith(0x37, 0xce);
    assertThat(first.tmst()).isEqualTo(3_512_348_611L);
    assertThat(first.frequencyHz()).isEqualTo(866_349_812);
    assertThat(first.dataRate()).isEqualTo(new DataRate.Lora(7, 125));
    assertThat(first.rssiDbm()).isEqualTo(-35);
    assertThat(first.snrDb()).isEqualTo(5.1);
    Rxpk second = body.frames().get(1);
    assertThat(second.phyPayload())
        .isEqualTo("TEST_PACKET_1234".getBytes(StandardCharsets.US_ASCII));
    assertThat(second.dataRate()).isEqualTo(new DataRate.Fsk(50_000));
    assertThat(second.snrDb()).isZero();
    assertThat(body.frames().get(2).frequencyHz()).isEqualTo(863_009_810);
  }

  // PROTOCOL.TXT, 4: the example of stat. Its position is not taken.
  @Test
  void readsTheStatOfTheProtocol() throws Exception {
    PushBody body = PushBody.read(Golden.text("stat.json"));

    assertThat(body.frames()).isEmpty();
    assertThat(body.stat()).isEqualTo(new ForwarderStat(2, 2, 2, 100.0, 2, 2));
  }

  @Test
  void dropsAndCountsFramesWithAWrongCrc() throws Exception {
    String wrong = GOOD.replace("\"stat\":1", "\"stat\":-1");
    String none = GOOD.replace("\"stat\":1", "\"stat\":0");
    PushBody body = PushBody.read("{\"rxpk\":[{" + wrong + "},{" + none + "},{" + GOOD + "}]}");

    assertThat(body.badCrc()).isEqualTo(1);
    assertThat(body.frames()).hasSize(2);
  }

  @Test
  void oneBadFrameCostsNoOther() throws Exception {
    PushBody body = PushBody.read("{\"rxpk\":[{\"tmst\":1},7,{" + GOOD + "}]}");

    assertThat(body.frames()).hasSize(1);
    assertThat(body.bad()).containsExactly("data is missing", "it is not an object");
  }

  // Protocol 1.5 adds fields, and moves the signal into rsig where there are several antennas.
  @Test
  void toleratesTheFieldsOfVersion15() throws Exception {
    String several =
        GOOD.replace("\"rssi\":-60,\"lsnr\":7.5,", "")
            + ",\"jver\":1,\"tmms\":1288984800000,\"ftime\":1,\"foff\":-81,\"mid\":8,\"aesk\":0,"
            + "\"rsig\":[{\"ant\":0,\"chan\":7,\"rssic\":-90,\"lsnr\":-3.2},"
            + "{\"ant\":1,\"chan\":7,\"rssic\":-75,\"lsnr\":9.0,\"etime\":\"\"}]";
    PushBody body = PushBody.read("{\"rxpk\":[{" + several + "}],\"other\":null}");

    assertThat(body.bad()).isEmpty();
    assertThat(body.frames().get(0).rssiDbm()).isEqualTo(-75);
    assertThat(body.frames().get(0).snrDb()).isEqualTo(9.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"datr\":\"SF7BW125\"|\"datr\":\"SF99BW125\"",
        "\"datr\":\"SF7BW125\"|\"datr\":\"SF7\"",
        "\"datr\":\"SF7BW125\"|\"datr\":\"M0CW137\"",
        "\"datr\":\"SF7BW125\"|\"datr\":-1",
        "\"datr\":\"SF7BW125\"|\"datr\":true",
        "\"tmst\":1|\"tmst\":4294967296",
        "\"tmst\":1|\"tmst\":-1",
        "\"tmst\":1|\"tmst\":1.5",
        "\"tmst\":1|\"tmst\":1e999999999",
        "\"tmst\":1|\"tmst\":1e-999999999",
        "\"freq\":868.1|\"freq\":0",
        "\"freq\":868.1|\"freq\":1e99",
        "\"freq\":868.1|\"freq\":\"868.1\"",
        "\"rssi\":-60|\"rssi\":null",
        "\"size\":3|\"size\":4",
        "\"data\":\"AQID\"|\"data\":\"AQIDA\"",
        "\"data\":\"AQID\"|\"data\":\"AQ*D\"",
        "\"data\":\"AQID\"|\"data\":\"\"",
      })
  void refusesAFrameThatCannotBe(String change) throws Exception {
    String[] parts = change.split("\\|");
    assertThat(GOOD).contains(parts[0]);
    PushBody body = PushBody.read("{\"rxpk\":[{" + GOOD.replace(parts[0], parts[1]) + "}]}");

    assertThat(body.frames()).isEmpty();
    assertThat(body.bad()).hasSize(1);
  }

  // A nest of arrays or a number of a million digits must cost nothing.
  @Test
  void refusesBombs() {
    for (String bomb :
        new String[] {
          "[".repeat(10_000),
          "{\"rxpk\":" + "[".repeat(100) + "]".repeat(100) + "}",
          "{\"a\":".repeat(5_000),
          "{\"rxpk\":[{\"tmst\":" + "9".repeat(15_000) + "}]}",
          "",
          "null",
          "[]",
          "{\"rxpk\":{}}",
          "{\"stat\":[]}",
        }) {
      assertThatThrownBy(() -> PushBody.read(bomb)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void readsBothFormsOfBase64AndWritesTheStandardOne() throws Exception {
    byte[] bytes = {(byte) 0xfb, (byte) 0xff, (byte) 0xbf, 1};
    for (String form : new String[] {"+/+/AQ==", "-_-_AQ==", "-_+/AQ", "-_-_AR="}) {
      assertThat(Base64Text.read(form)).as(form).isEqualTo(bytes);
    }
    assertThat(Base64Text.write(bytes)).isEqualTo("+/+/AQ==");
  }
}
