package city.mycelium.driver.lorawan.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.DeviceId;
import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.CodecException;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.codec.TrustedEngine;
import city.mycelium.driver.lorawan.internal.device.Profiles.DeviceKind;
import city.mycelium.testkit.LeapingClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ProfilesTest {

  private static final String OWN =
      "{\"fields\": [{\"path\": \"x\", \"channel\": \"x\", \"property\": \"voltage\"}]}";

  @TempDir Path folder;
  private final List<String> installed = new ArrayList<>();

  private final CodecEngine vouched = engine("vouched");
  private final CodecEngine unvouched = engine("unvouched");

  private CodecEngine engine(String which) {
    return new CodecEngine() {
      @Override
      public Codec install(String name, String script) throws CodecException {
        if (script.contains("oops")) {
          throw new CodecException(name + ", line 3: unexpected oops", 3);
        }
        installed.add(which + " " + name);
        return input -> new Decoded.Failed(List.of(which));
      }
    };
  }

  private Profiles profiles() {
    return new Profiles(vouched, unvouched, Optional.of(folder));
  }

  private void put(String name, String profile, String script) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("profile.json"), profile);
    Files.writeString(folder.resolve(name).resolve("codec.js"), script);
  }

  static Stream<JsonObject> publicPayloads() throws IOException {
    try (InputStream in = ProfilesTest.class.getResourceAsStream("device-payloads.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> Json.createReader(new StringReader(line)).readObject());
    }
  }

  private static String profileOf(JsonObject payload) {
    return payload
        .getString("device")
        .replace("-0292-codec", "")
        .replace("-codec", "")
        .replace('/', '-');
  }

  /** Every field of every public example is mapped, or left out on purpose; none is refused. */
  @ParameterizedTest
  @MethodSource("publicPayloads")
  void builtInProfilesThinkOfEverythingInThePublicExamples(JsonObject payload) throws Exception {
    Profile profile =
        ProfileText.read(profileOf(payload), Resources.profile(profileOf(payload)), true);

    Profile.Meaning meaning =
        profile.read(new DeviceId("lorawan.1"), payload.getJsonObject("data"));

    assertThat(meaning.refusals()).isEmpty();
    assertThat(meaning.unmapped()).isEmpty();
    boolean saysNothing = List.of("Startup").contains(payload.getString("description"));
    assertThat(meaning.said().isEmpty()).isEqualTo(saysNothing);
  }

  static Stream<String> builtIn() {
    return new Profiles((n, s) -> i -> null, (n, s) -> i -> null, Optional.empty())
        .names().stream();
  }

  /** The first payload of a registered device need not wait for its script. */
  @Test
  void kindsThatAreReadyAreNotMadeAgain() throws Exception {
    List<String> installed = new ArrayList<>();
    CodecEngine counting =
        (name, script) -> {
          installed.add(name);
          return input -> new Decoded.Failed(List.of("not asked"));
        };
    Profiles profiles = new Profiles(counting, counting, Optional.empty());
    assertThat(installed).as("nothing is compiled unasked").isEmpty();

    profiles.prepare(List.of("bosch-tps110", "unheard-of"));
    assertThat(installed).containsExactly("bosch-tps110/codec.js");
    profiles.named("bosch-tps110");

    assertThat(installed).containsExactly("bosch-tps110/codec.js");
  }

  /** The golden frames of each built-in codec, through the real engine: all of it has a meaning. */
  @ParameterizedTest
  @MethodSource("builtIn")
  void builtInProfilesThinkOfEverythingThatTheirCodecsSay(String name) throws Exception {
    CodecEngine engine =
        TrustedEngine.inGateway(
            LeapingClock.at("2026-11-23T12:00:00Z"), LoggerFactory.getLogger("test"));
    DeviceKind kind = new Profiles(engine, engine, Optional.empty()).named(name).orElseThrow();
    for (String line : Resources.text(name + "/frames.jsonl").lines().toList()) {
      JsonObject frame = Json.createReader(new StringReader(line)).readObject();
      Decoded decoded =
          kind.codec()
              .orElseThrow()
              .decode(
                  new CodecInput(
                      HexFormat.of().parseHex(frame.getString("bytes")), frame.getInt("fPort"), 0));
      if (!frame.containsKey("data")) {
        continue; // a frame that the codec must refuse
      }
      Profile.Meaning meaning =
          kind.profile().read(new DeviceId("lorawan.1"), ((Decoded.Fields) decoded).data());
      assertThat(meaning.refusals()).as(line).isEmpty();
      assertThat(meaning.unmapped()).as(line).isEmpty();
    }
  }

  @Test
  void everyBuiltInProfileCanBeRead() throws Exception {
    for (String name : profiles().names()) {
      assertThat(ProfileText.read(name, Resources.profile(name), true).fields()).isNotEmpty();
    }
    assertThat(profiles().names()).contains("bosch-tps110", "cayenne-lpp");
  }

  @Test
  void scriptsOfTheOperatorAreNotTrustedUnlessTheProfileSaysSo() throws Exception {
    put("acme-bay", OWN, "decode");
    put("acme-bin", OWN.replace("{\"fields\"", "{\"trusted\": true, \"fields\""), "decode");
    Profiles profiles = profiles();

    assertThat(profiles.look()).isTrue();

    assertThat(installed)
        .containsExactlyInAnyOrder("unvouched acme-bay/codec.js", "vouched acme-bin/codec.js");
    assertThat(profiles.named("acme-bay")).isPresent();
    assertThat(profiles.named("nobody")).isEmpty();
    assertThat(profiles.look()).isFalse();
    assertThat(installed).hasSize(2);
  }

  @Test
  void aScriptThatCannotRunIsRefusedWithItsLine() throws Exception {
    put("acme-bay", OWN, "oops");
    Profiles profiles = profiles();
    profiles.look();

    assertThat(profiles.mistakes()).containsExactly("acme-bay/codec.js, line 3: unexpected oops");
    assertThat(profiles.named("acme-bay")).isEmpty();
    assertThat(profiles.look()).isFalse();
    assertThat(profiles.mistakes()).hasSize(1);
  }

  @Test
  void aChangeWithAMistakeLeavesWhatWasGood() throws Exception {
    put("acme-bay", OWN, "decode");
    Profiles profiles = profiles();
    profiles.look();

    put("acme-bay", OWN.replace("voltage", "volts"), "decode");
    assertThat(profiles.look()).isTrue();

    assertThat(profiles.mistakes()).singleElement().asString().startsWith("acme-bay/: line 1: no");
    assertThat(profiles.named("acme-bay")).isPresent();

    put("acme-bay", OWN.replace("voltage", "current"), "decode, please");
    assertThat(profiles.look()).isTrue();
    assertThat(profiles.mistakes()).isEmpty();
    assertThat(profiles.named("acme-bay").orElseThrow().profile().fields().get(0).property().name())
        .isEqualTo("current");
  }

  @Test
  void whatIsTakenAwayIsGone() throws Exception {
    put("acme-bay", OWN, "decode");
    Profiles profiles = profiles();
    profiles.look();

    Files.delete(folder.resolve("acme-bay/profile.json"));

    assertThat(profiles.look()).isTrue();
    assertThat(profiles.named("acme-bay")).isEmpty();
  }

  /** Control: a folder that is not there is an empty one. */
  @Test
  void withoutAFolderThereAreTheBuiltInOnes() {
    Profiles profiles = new Profiles(vouched, unvouched, Optional.of(folder.resolve("none")));
    assertThat(profiles.look()).isFalse();
    assertThat(profiles.names()).contains("bosch-tps110");
    assertThatThrownBy(() -> Resources.profile("none")).isInstanceOf(NullPointerException.class);
  }

  /** The resources as they are in the bundle. */
  private static final class Resources {
    static String profile(String name) throws IOException {
      return text(name + "/profile.json");
    }

    static String text(String path) throws IOException {
      try (InputStream in =
          Profiles.class.getResourceAsStream("/city/mycelium/driver/lorawan/devices/" + path)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
