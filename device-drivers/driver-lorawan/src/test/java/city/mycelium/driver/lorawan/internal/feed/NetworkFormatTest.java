package city.mycelium.driver.lorawan.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages follow the networks' documentation; all ids and places in them are invented. */
class NetworkFormatTest {

  private static final String CHIRPSTACK =
      "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/0101010101010101/event/up";
  private static final String TTS = "v3/parking@city/devices/bay-17/up";

  private static NetworkUplink up(NetworkFormat format, String topic, String json)
      throws RefusedException {
    return ((FeedMessage.Up) format.read(topic, json.getBytes(StandardCharsets.UTF_8))).uplink();
  }

  private static NetworkUplink chirpstack(String json) throws RefusedException {
    return up(new ChirpStackV4(), CHIRPSTACK, json);
  }

  private static NetworkUplink status(String json) throws RefusedException {
    return up(new ChirpStackV4(), CHIRPSTACK.replace("/up", "/status"), json);
  }

  private static NetworkUplink tts(String json) throws RefusedException {
    return up(new TheThingsStackV3(), TTS, json);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  @Test
  void anUplinkOfChirpStackIsRead() throws Exception {
    NetworkUplink uplink = chirpstack(Golden.text("chirpstack-up.json"));

    assertThat(uplink.devEui()).isEqualTo(Eui.parse("0101010101010101"));
    assertThat(uplink.deviceName()).isEqualTo("Bay 17");
    assertThat(uplink.sourceKey()).isEqualTo("3ac7e3c4-4401-4b8d-9386-a5c902f9202d");
    assertThat(uplink.receivedAtMillis()).isEqualTo(millis("2026-11-26T11:34:15.775Z"));
    assertThat(uplink.fPort()).isEqualTo(85);
    assertThat(uplink.bytes()).containsExactly(1, 2, 3, 0xff);
    assertThat(uplink.decoded().getBoolean("occupied")).isTrue();
    assertThat(uplink.fCnt()).isEqualTo(4_294_967_295L);
    assertThat(uplink.snrDb()).isEqualTo(12.25); // of the gateway that heard it best
    assertThat(uplink.rssiDbm()).isEqualTo(-90);
    assertThat(uplink.gateways()).isEqualTo(2);
    assertThat(uplink.batteryPercent()).isNaN();
  }

  // Protocol buffers' JSON leaves out what is zero, empty or false.
  @Test
  void whatIsLeftOutIsZero() throws Exception {
    NetworkUplink uplink = chirpstack(Golden.text("chirpstack-zeros.json"));

    assertThat(uplink.fCnt()).isZero();
    assertThat(uplink.fPort()).isZero();
    assertThat(uplink.bytes()).isEmpty();
    assertThat(uplink.decoded()).isNull();
    assertThat(uplink.deviceName()).isEmpty();
    assertThat(uplink.gateways()).isEqualTo(1);
    assertThat(uplink.rssiDbm()).isNaN();
    NetworkUplink quiet =
        chirpstack(
            Golden.text("chirpstack-zeros.json")
                .replace("a14c\"}", "a14c\",\"rssi\":-110}")); // SNR is 0 dB
    assertThat(quiet.rssiDbm()).isEqualTo(-110);
    assertThat(quiet.snrDb()).isZero();
  }

  /**
   * The example of ChirpStack's documentation, Integrations, Event types, status; names invented.
   */
  @Test
  void aStatusOfChirpStackIsRead() throws Exception {
    NetworkUplink status = status(Golden.text("chirpstack-status.json"));

    assertThat(status.devEui()).isEqualTo(Eui.parse("0101010101010101"));
    assertThat(status.receivedAtMillis()).isEqualTo(millis("2026-11-26T11:35:06.927Z"));
    assertThat(status.batteryPercent()).isEqualTo(88.3);
    assertThat(status.marginDb()).isEqualTo(10);
    assertThat(status.isStatusOnly()).isTrue();
    assertThat(status.bytes()).isEmpty();
    assertThat(status.rssiDbm()).isNaN();
    assertThat(chirpstack(Golden.text("chirpstack-up.json")).isStatusOnly()).isFalse();
  }

  /**
   * ChirpStack gives a status the deduplicationId of the uplink that it came in: both under one key
   * would be a repeat.
   */
  @Test
  void aStatusHasAnotherKeyThanTheUplinkThatItCameIn() throws Exception {
    assertThat(status(Golden.text("chirpstack-status.json")).sourceKey())
        .isEqualTo("status:bf2a9746-1c8b-49be-a92e-f0b89c8534e4");
  }

  /**
   * On mains there is no level, nor where the device cannot measure one; a margin of 0 is left out.
   */
  @Test
  void aStatusWithoutALevelTellsTheMarginOnly() throws Exception {
    String golden = Golden.text("chirpstack-status.json");
    for (String instead :
        new String[] {"\"externalPowerSource\": true", "\"batteryLevelUnavailable\": true"}) {
      NetworkUplink status = status(golden.replace("\"batteryLevel\": 88.3", instead));
      assertThat(status.batteryPercent()).isNaN();
      assertThat(status.marginDb()).isEqualTo(10);
    }
    assertThat(status(golden.replace("\"margin\": 10,", "")).marginDb()).isZero();
    assertThat(status(golden.replace("\"margin\": 10,", "\"margin\": -32,")).marginDb())
        .isEqualTo(-32);
    assertThatThrownBy(() -> status(golden.replace("\"margin\": 10,", "\"margin\": 300,")))
        .isInstanceOf(RefusedException.class);
    assertThat(status(golden.replace("88.3", "188.3")).batteryPercent()).isNaN();
  }

  @Test
  void anUplinkOfTheThingsStackIsRead() throws Exception {
    NetworkUplink uplink = tts(Golden.text("tts-up.json"));

    assertThat(uplink.devEui()).isEqualTo(Eui.parse("0004a30b001c0530"));
    assertThat(uplink.deviceName()).isEqualTo("bay-17");
    assertThat(uplink.sourceKey()).isEqualTo("0004a30b001c0530:AXA50tHUQHOpLK2BWo8Ucw==:42");
    assertThat(uplink.receivedAtMillis()).isEqualTo(millis("2026-11-26T11:34:17.853Z"));
    assertThat(uplink.fPort()).isEqualTo(1);
    assertThat(uplink.bytes()).containsExactly(0x82, 0x41, 0xde);
    assertThat(uplink.decoded().getBoolean("occupied")).isFalse();
    assertThat(uplink.fCnt()).isEqualTo(42);
    assertThat(uplink.rssiDbm()).isEqualTo(-35);
    assertThat(uplink.snrDb()).isEqualTo(5);
    assertThat(uplink.gateways()).isEqualTo(1);
    assertThat(uplink.batteryPercent()).isEqualTo(84.5);
  }

  // A counter of 0 is left out, and a device without a session id may begin again at 0.
  @Test
  void theSourceKeyTellsUplinksApart() throws Exception {
    String golden = Golden.text("tts-up.json");
    assertThat(tts(golden.replace("\"f_cnt\": 42,", "")).sourceKey()).endsWith("Ucw==:0");
    String sessionless = golden.replace("\"session_key_id\"", "\"other\"");
    String later = sessionless.replace("11:34:17.8", "11:34:19.8");
    assertThat(tts(sessionless).sourceKey()).isNotEqualTo(tts(later).sourceKey());
    assertThat(tts(golden).sourceKey()).isEqualTo(tts(golden).sourceKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-26T11:34:15.775023242Z",
        "2026-11-26T12:34:15.775999999+01:00",
        "2026-11-26T11:34:15.775+00:00"
      })
  void timesAreReadToTheMillisecond(String time) throws Exception {
    assertThat(Values.time(time)).isEqualTo(millis("2026-11-26T11:34:15.775Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-26",
        "1970-01-01T00:00:00Z",
        "9999-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "2026-13-26T11:34:15Z"
      })
  void whatIsNoTimeOfAnUplinkIsRefused(String time) throws Exception {
    String json = Golden.text("chirpstack-up.json");
    assertThatThrownBy(() -> chirpstack(json.replace("2026-11-26T11:34:15.775023242+00:00", time)))
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"devEui\": \"0101010101010101\"|\"devEui\": \"01\"",
        "\"devEui\"|\"eui\"",
        "\"deduplicationId\"|\"id\"",
        "\"deduplicationId\": \"3ac7e3c4-4401-4b8d-9386-a5c902f9202d\"|\"deduplicationId\": \"\"",
        "\"fPort\": 85|\"fPort\": 256",
        "\"fCnt\": 4294967295|\"fCnt\": -1",
        "\"data\": \"AQID/w==\"|\"data\": \"***\"",
        "\"data\": \"AQID/w==\"|\"data\": 7",
        "\"object\": {|\"object\": [], \"x\": {",
        "\"rxInfo\": [|\"rxInfo\": [7,",
        "\"snr\": 10.5|\"snr\": \"good\"",
        "\"time\"|\"when\"",
      })
  void whatCannotBeIsRefused(String change) throws Exception {
    String golden = Golden.text("chirpstack-up.json");
    String[] parts = change.split("\\|");
    assertThat(golden).contains(parts[0]);

    assertThatThrownBy(() -> chirpstack(golden.replace(parts[0], parts[1])))
        .isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"uplink_message\":{}}", "{\"end_device_ids\":7}"})
  void whatIsNoUplinkIsRefused(String json) {
    assertThatThrownBy(() -> tts(json)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> chirpstack(json)).isInstanceOf(RefusedException.class);
  }

  @Test
  void otherEventsAreNotUplinks() throws Exception {
    byte[] anything = "whatever".getBytes(StandardCharsets.UTF_8);
    for (String event : new String[] {"join", "ack", "txack", "log", "location"}) {
      assertThat(new ChirpStackV4().read("application/a/device/b/event/" + event, anything))
          .isEqualTo(new FeedMessage.Other(event));
    }
    assertThat(new TheThingsStackV3().read("v3/a@t/devices/d/join", anything))
        .isEqualTo(new FeedMessage.Other("join"));
    assertThat(
            new TheThingsStackV3()
                .read(
                    TTS,
                    Golden.text("tts-up.json")
                        .replaceFirst("\\{", "{\"simulated\":true,")
                        .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FeedMessage.Other.class);
  }

  @Property
  void aMessageWithChangedBytesIsReadOrRefused(
      @ForAll boolean ofChirpStack,
      @ForAll @Size(min = 1, max = 6) int[] places,
      @ForAll byte change)
      throws Exception {
    byte[] bytes =
        Golden.text(ofChirpStack ? "chirpstack-up.json" : "tts-up.json")
            .getBytes(StandardCharsets.UTF_8);
    for (int place : places) {
      bytes[Math.floorMod(place, bytes.length)] = change;
    }
    readOrRefuse(ofChirpStack, bytes);
  }

  @Property
  void aMessageCutAnywhereIsRefused(
      @ForAll boolean ofChirpStack, @ForAll @IntRange(max = 900) int length) throws Exception {
    String golden = Golden.text(ofChirpStack ? "chirpstack-up.json" : "tts-up.json");
    assertThat(golden).hasSizeGreaterThan(900);
    NetworkFormat format = ofChirpStack ? new ChirpStackV4() : new TheThingsStackV3();
    byte[] cut = golden.substring(0, length).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> format.read(ofChirpStack ? CHIRPSTACK : TTS, cut))
        .isInstanceOf(RefusedException.class);
  }

  private static void readOrRefuse(boolean ofChirpStack, byte[] bytes) {
    try {
      FeedMessage read =
          ofChirpStack
              ? new ChirpStackV4().read(CHIRPSTACK, bytes)
              : new TheThingsStackV3().read(TTS, bytes);
      assertThat(read).isNotNull();
    } catch (RefusedException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
