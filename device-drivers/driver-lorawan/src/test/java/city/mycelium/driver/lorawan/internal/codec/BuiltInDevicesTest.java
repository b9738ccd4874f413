package city.mycelium.driver.lorawan.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The codecs that come with the gateway, against frames that their makers or others published. */
class BuiltInDevicesTest {

  private static final String FOLDER = "/city/mycelium/driver/lorawan/devices/";

  /** By the name that the collection of examples gives them. */
  private static final Map<String, String> IN_COLLECTION =
      Map.of(
          "bosch/tps110-0292-codec", "bosch-tps110",
          "comtac/lpn-td1-codec", "comtac-lpn-td1",
          "noah/trashbin-sensor-codec", "noah-trashbin-sensor",
          "nwave/ncc405-codec", "nwave-ncc405",
          "tekzitel/tekzipark-codec", "tekzitel-tekzipark",
          "teneo-iot/filling-degree-sensor-codec", "teneo-iot-filling-degree-sensor",
          "decentlab/dl-ctd10", "decentlab-dl-ctd10");

  private static final List<String> OTHERS =
      List.of("cayenne-lpp", "decentlab-dl-pm", "decentlab-dl-trs12", "parametric-pcr2");

  static Stream<String> devices() {
    return Stream.concat(IN_COLLECTION.values().stream(), OTHERS.stream()).sorted();
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream = BuiltInDevicesTest.class.getResourceAsStream(resource)) {
      assertThat(stream).as(resource).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<JsonObject> lines(String resource) throws IOException {
    List<JsonObject> lines = new ArrayList<>();
    for (String line : text(resource).split("\n")) {
      try (var reader = Json.createReader(new StringReader(line))) {
        lines.add(reader.readObject());
      }
    }
    return lines;
  }

  private static Codec codec(String device) throws IOException, CodecException {
    return Scripts.engine().install(device, text(FOLDER + device + "/codec.js"));
  }

  private static void assertDecodes(Codec codec, JsonObject frame) {
    Decoded decoded = codec.decode(Scripts.input(frame.getString("bytes"), frame.getInt("fPort")));
    assertThat(decoded).as("%s", frame).isInstanceOf(Decoded.Fields.class);
    assertSame(
        frame.getString("description"), frame.get("data"), ((Decoded.Fields) decoded).data());
  }

  /** Equal, numbers to a part in a thousand million. */
  private static void assertSame(String where, JsonValue expected, JsonValue actual) {
    if (expected instanceof JsonObject object) {
      assertThat(actual.asJsonObject().keySet()).as(where).isEqualTo(object.keySet());
      object.forEach(
          (key, value) -> assertSame(where + "." + key, value, actual.asJsonObject().get(key)));
    } else if (expected instanceof JsonArray array) {
      assertThat(actual.asJsonArray()).as(where).hasSameSizeAs(array);
      IntStream.range(0, array.size())
          .forEach(
              i -> assertSame(where + "[" + i + "]", array.get(i), actual.asJsonArray().get(i)));
    } else if (expected instanceof JsonNumber number) {
      double difference = Math.abs(number.doubleValue() - ((JsonNumber) actual).doubleValue());
      assertThat(difference)
          .as("%s: %s, not %s", where, expected, actual)
          .isLessThanOrEqualTo(1e-9 * Math.max(1, Math.abs(number.doubleValue())));
    } else {
      assertThat(actual).as(where).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void decodesItsGoldenFrames(String device) throws Exception {
    Codec codec = codec(device);
    List<JsonObject> frames = lines(FOLDER + device + "/frames.jsonl");

    assertThat(frames).isNotEmpty().allSatisfy(f -> assertThat(f.getString("source")).isNotBlank());
    frames.forEach(frame -> assertDecodes(codec, frame));
  }

  @Test
  void everyDeviceOfTheCollectionIsDecoded() throws Exception {
    for (JsonObject frame : lines("device-payloads.jsonl")) {
      assertThat(IN_COLLECTION).containsKey(frame.getString("device"));
      assertDecodes(codec(IN_COLLECTION.get(frame.getString("device"))), frame);
    }
  }

  /** Every golden frame cut short, and bytes that mean nothing: an answer, and no exception. */
  @ParameterizedTest
  @MethodSource("devices")
  void takesWhatIsCutShortAndWhatIsGarbage(String device) throws Exception {
    Codec codec = codec(device);
    for (JsonObject frame : lines(FOLDER + device + "/frames.jsonl")) {
      String hex = frame.getString("bytes");
      for (int end = 0; end < hex.length(); end += 2) {
        assertUnderstood(codec, hex.substring(0, end), frame.getInt("fPort"));
      }
      assertUnderstood(codec, "ff".repeat(60), frame.getInt("fPort"));
      assertUnderstood(codec, hex, 99);
    }
  }

  private static void assertUnderstood(Codec codec, String hex, int port) {
    if (codec.decode(Scripts.input(hex, port)) instanceof Decoded.Failed failed) {
      assertThat(failed.errors())
          .as("port %s, %s", port, hex)
          .allSatisfy(error -> assertThat(error).doesNotContain("the script"));
    }
  }
}
