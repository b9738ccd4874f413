package city.mycelium.driver.lorawan.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.testkit.LeapingClock;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.helpers.NOPLogger;

/** Scripts of tests, run as a gateway runs those that somebody vouches for. */
final class Scripts {

  static final CodecInput INPUT = input("0102ff", 7);

  private Scripts() {}

  static CodecInput input(String hex, int fPort) {
    return new CodecInput(HexFormat.of().parseHex(hex), fPort, 1_764_115_200_000L);
  }

  static TrustedEngine engine() {
    return TrustedEngine.inGateway(LeapingClock.at("2026-11-26T00:00:00Z"), NOPLogger.NOP_LOGGER);
  }

  static Codec codec(String script) throws CodecException {
    return engine().install("test.js", script);
  }

  /** A decodeUplink of these lines. */
  static String uplink(String lines) {
    return "function decodeUplink(input) {" + lines + "}";
  }

  /** What {@code return {data: {x: EXPRESSION}}} gives as JSON. */
  static String value(String lines, String expression) throws CodecException {
    Decoded decoded =
        codec(uplink(lines + "; return {data: {x: " + expression + "}};")).decode(INPUT);
    assertThat(decoded).isInstanceOf(Decoded.Fields.class);
    return String.valueOf(((Decoded.Fields) decoded).data().get("x"));
  }

  static List<String> errors(Codec codec) {
    Decoded decoded = codec.decode(INPUT);
    assertThat(decoded).isInstanceOf(Decoded.Failed.class);
    return ((Decoded.Failed) decoded).errors();
  }
}
