package city.mycelium.driver.lorawan.internal.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StationMessageTest {

  private static final String UPINFO =
      ",\"DR\":5,\"Freq\":868300000,\"upinfo\":{\"rctx\":3,\"xtime\":40532396646334464,"
          + "\"gpstime\":0,\"rssi\":-42.5,\"snr\":9.25}}";

  // The fields as the station's documentation and source name them (The LNS Protocol: updf).
  @Test
  void aDataFrameIsPutTogetherByteForByte() throws Exception {
    String updf =
        "{\"msgtype\":\"updf\",\"MHdr\":64,\"DevAddr\":-16711936,\"FCtrl\":130,\"FCnt\":65535,"
            + "\"FOpts\":\"030A\",\"FPort\":2,\"FRMPayload\":\"CAFE\",\"MIC\":-2"
            + UPINFO;

    StationMessage.Frame frame = (StationMessage.Frame) StationMessage.read(updf);
    // -16711936 is 0xff00ff00: on the air 00 ff 00 ff. -2 is 0xfffffffe.
    assertThat(frame.phyPayload()).isEqualTo(hex("4000ff00ff82ffff030a02cafefeffffff"));
    assertThat(frame.dataRate()).isEqualTo(5);
    assertThat(frame.frequencyHz()).isEqualTo(868_300_000);
    // 55 bits: a number that no double holds.
    assertThat(frame.context()).isEqualTo(new RadioContext(40_532_396_646_334_464L, 3));
    assertThat(frame.rssiDbm()).isEqualTo(-42.5);
    assertThat(frame.snrDb()).isEqualTo(9.25);
  }

  @Test
  void aFrameWithoutAPortHasNone() throws Exception {
    String updf =
        "{\"msgtype\":\"updf\",\"MHdr\":128,\"DevAddr\":1,\"FCtrl\":0,\"FCnt\":1,"
            + "\"FOpts\":\"\",\"FPort\":-1,\"FRMPayload\":\"\",\"MIC\":1"
            + UPINFO;

    assertThat(((StationMessage.Frame) StationMessage.read(updf)).phyPayload())
        .isEqualTo(hex("800100000000010001000000"));
  }

  // Port 0 and an empty payload is another frame than none.
  @Test
  void aFrameWithAPortAndNoPayloadKeepsItsPort() throws Exception {
    String updf =
        "{\"msgtype\":\"updf\",\"MHdr\":64,\"DevAddr\":1,\"FCtrl\":0,\"FCnt\":1,"
            + "\"FOpts\":\"\",\"FPort\":0,\"FRMPayload\":\"\",\"MIC\":1"
            + UPINFO;

    assertThat(((StationMessage.Frame) StationMessage.read(updf)).phyPayload())
        .isEqualTo(hex("40010000000001000001000000"));
  }

  @ParameterizedTest
  @CsvSource({"JoinEui,DevEui", "JoinEUI,DevEUI"})
  void aJoinRequestIsPutTogetherByteForByte(String joinEui, String devEui) throws Exception {
    String jreq =
        "{\"msgtype\":\"jreq\",\"MHdr\":0,\""
            + joinEui
            + "\":\"01-02-03-04-05-06-07-08\",\""
            + devEui
            + "\":\"11-12-13-14-15-16-17-18\",\"DevNonce\":515,\"MIC\":67305985"
            + UPINFO;

    assertThat(((StationMessage.Frame) StationMessage.read(jreq)).phyPayload())
        .isEqualTo(hex("00080706050403020118171615141312110302" + "01020304"));
  }

  @Property
  void everyDataFrameThatAStationTakesApartComesBack(
      @ForAll boolean confirmed,
      @ForAll int devAddr,
      @ForAll @IntRange(max = 65_535) int fCnt,
      @ForAll @IntRange(max = 15) int flags,
      @ForAll @Size(max = 15) byte[] fOpts,
      @ForAll @Size(max = 200) byte[] rest,
      @ForAll int mic)
      throws Exception {
    byte[] frame =
        ByteBuffer.allocate(12 + fOpts.length + rest.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) (confirmed ? 0x80 : 0x40))
            .putInt(devAddr)
            .put((byte) (flags << 4 | fOpts.length))
            .putShort((short) fCnt)
            .put(fOpts)
            .put(rest)
            .putInt(mic)
            .array();

    StationMessage.Frame back =
        (StationMessage.Frame) StationMessage.read(BasicsStation.report(frame, 1));
    assertThat(back.phyPayload()).isEqualTo(frame);
  }

  @Property
  void everyJoinRequestAndProprietaryFrameComesBack(
      @ForAll @Size(22) byte[] join, @ForAll @Size(min = 1, max = 254) byte[] proprietary)
      throws Exception {
    byte[] request = new byte[23];
    System.arraycopy(join, 0, request, 1, 22);
    byte[] other = new byte[proprietary.length + 1];
    other[0] = (byte) 0xe0;
    System.arraycopy(proprietary, 0, other, 1, proprietary.length);

    for (byte[] frame : new byte[][] {request, other}) {
      StationMessage.Frame back =
          (StationMessage.Frame) StationMessage.read(BasicsStation.report(frame, 1));
      assertThat(back.phyPayload()).isEqualTo(frame);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"FCtrl\":130|\"FCtrl\":131",
        "\"FCtrl\":130|\"FCtrl\":256",
        "\"MHdr\":64|\"MHdr\":0",
        "\"MHdr\":64|\"MHdr\":96",
        "\"FPort\":2|\"FPort\":-1",
        "\"FPort\":2|\"FPort\":256",
        "\"FRMPayload\":\"CAFE\"|\"FRMPayload\":\"CAF\"",
        "\"FRMPayload\":\"CAFE\"|\"FRMPayload\":\"XY\"",
        "\"DevAddr\":1|\"DevAddr\":4294967296",
        "\"MIC\":1|\"MIC\":null",
        "\"MIC\":1|\"MIC\":1e30",
        "\"DR\":5|\"DR\":16",
        "\"xtime\":40532396646334464|\"xtime\":9e300",
        "\"rssi\":-42.5|\"rssi\":\"loud\"",
      })
  void aFrameThatCannotBeIsBrokenAndNotGuessed(String change) throws Exception {
    String good =
        "{\"msgtype\":\"updf\",\"MHdr\":64,\"DevAddr\":1,\"FCtrl\":130,\"FCnt\":7,"
            + "\"FOpts\":\"030A\",\"FPort\":2,\"FRMPayload\":\"CAFE\",\"MIC\":1"
            + UPINFO;
    assertThat(StationMessage.read(good)).isInstanceOf(StationMessage.Frame.class);
    String[] parts = change.split("\\|");
    assertThat(good).contains(parts[0]);

    assertThat(StationMessage.read(good.replace(parts[0], parts[1])))
        .isInstanceOf(StationMessage.Broken.class);
  }

  @Test
  void aFrameLongerThanTheAirAllowsIsBroken() throws Exception {
    String updf =
        "{\"msgtype\":\"updf\",\"MHdr\":64,\"DevAddr\":1,\"FCtrl\":0,\"FCnt\":7,\"FPort\":2,"
            + "\"FRMPayload\":\""
            + "00".repeat(243)
            + "\",\"MIC\":1"
            + UPINFO;
    assertThat(StationMessage.read(updf)).isInstanceOf(StationMessage.Broken.class);
    assertThat(StationMessage.read(updf.replaceFirst("0000", "00")))
        .isInstanceOf(StationMessage.Frame.class);
  }

  @Test
  void theOtherMessagesAreRead() throws Exception {
    assertThat(
            StationMessage.read(
                "{\"msgtype\":\"version\",\"station\":\"2.0.6(linux/std)\",\"firmware\":null,"
                    + "\"package\":null,\"model\":\"linux\",\"protocol\":2,\"features\":\"\"}"))
        .isEqualTo(new StationMessage.Version("station 2.0.6(linux/std), model linux"));
    assertThat(
            StationMessage.read(
                "{\"msgtype\":\"dntxed\",\"seqno\":7,\"diid\":7,\"DR\":0,\"Freq\":869525000,"
                    + "\"DevEui\":\"00-00-00-00-00-00-00-01\",\"rctx\":0,\"xtime\":12,"
                    + "\"txtime\":1.5,\"gpstime\":0}"))
        .isEqualTo(new StationMessage.Transmitted(7, 12, 869_525_000));
    assertThat(StationMessage.read("{\"msgtype\":\"timesync\",\"txtime\":123456789012}"))
        .isEqualTo(new StationMessage.Timesync(123_456_789_012L));
    assertThat(StationMessage.read("{\"msgtype\":\"getxtime\"}"))
        .isEqualTo(new StationMessage.Other("getxtime"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"msgtype\":7}", "{\"msgtype\":", "null"})
  void whatIsNoMessageIsRefused(String text) {
    assertThatThrownBy(() -> StationMessage.read(text)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "b827:ebff:fe00:1,b827ebfffe000001",
    "::1,0000000000000001",
    "1::,0001000000000000",
    "::,0000000000000000",
    "a:b::c,000a000b0000000c",
    "B8-27-EB-FF-FE-00-00-01,b827ebfffe000001",
    "b8:27:eb:ff:fe:00:00:01,b827ebfffe000001",
    "b827ebfffe000001,b827ebfffe000001",
  })
  void aStationsEuiIsReadInEachForm(String text, String eui) throws Exception {
    assertThat(Id6.read(text)).isEqualTo(Eui.parse(eui));
    assertThat(Id6.read(Id6.write(Id6.read(text)))).isEqualTo(Eui.parse(eui));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", ":::", "1:2:3", "1:2:3:4:5", "1::2:3:4", "12345::", "::-1", "x::"})
  void whatIsNoEuiIsRefused(String text) {
    assertThatThrownBy(() -> Id6.read(text)).isInstanceOf(RefusedException.class);
  }

  // RP002-1.0.3, 2.4.3: data rates of EU863-870.
  @Test
  void thePlanOfEuropeNumbersItsDataRates() {
    Plan plan = Plan.eu868();
    assertThat(plan.dataRate(0)).isEqualTo(new DataRate.Lora(12, 125));
    assertThat(plan.dataRate(5)).isEqualTo(new DataRate.Lora(7, 125));
    assertThat(plan.dataRate(6)).isEqualTo(new DataRate.Lora(7, 250));
    assertThat(plan.dataRate(7)).isEqualTo(new DataRate.Fsk(50_000));
    assertThat(plan.dataRate(8)).isNull();
    assertThat(plan.dataRate(99)).isNull();
    assertThat(plan.number(new DataRate.Lora(9, 125))).hasValue(3);
    assertThat(plan.number(new DataRate.Lora(9, 500))).isEmpty();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
