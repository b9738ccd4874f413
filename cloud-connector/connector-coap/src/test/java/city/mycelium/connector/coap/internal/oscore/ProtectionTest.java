package city.mycelium.connector.coap.internal.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of RFC 8613, appendix C. */
class ProtectionTest {

  private static final String SECRET = "0102030405060708090a0b0c0d0e0f10";
  private static final String SALT = "9e7ca92223786340";
  private static final Witness NOBODY =
      new Witness() {
        @Override
        public OptionalLong reserved(String context) {
          return OptionalLong.empty();
        }

        @Override
        public void remember(String context, long reserved) {
          // Nobody asks.
        }
      };

  @TempDir Path folder;

  // C.1.1, C.2.1 and C.3.1: the common IV, which is the nonce of nobody's number 0.
  @ParameterizedTest
  @CsvSource({
    SALT + ", '', 01, '',               4622d4dd6d944168eefb54987c",
    "'',      00, 01, '',               be35ae297d2dace910c52e99f9",
    SALT + ", '', 01, 37cbf3210017a2d3, 2ca58fb85ff1b81c0b7181b85e"
  })
  void keysAreDerived(String salt, String sender, String recipient, String idContext, String iv) {
    SecurityContext context = context(salt, sender, recipient, idContext);
    assertThat(context.nonce(new byte[0], new byte[] {0})).isEqualTo(hex(iv));
  }

  // C.1.1: the recipient's nonce.
  @Test
  void aNonceIsOfIdAndNumber() {
    assertThat(context(SALT, "", "01", "").nonce(hex("01"), hex("00")))
        .isEqualTo(hex("4722d4dd6d944169eefb54987c"));
  }

  // C.4, C.5 and C.6: number 20 each.
  @ParameterizedTest
  @CsvSource({
    SALT
        + ", '', 01, '', 44015d1f00003974396c6f63616c686f737483747631,"
        + " 44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e",
    "'', 00, 01, '', 440171c30000b932396c6f63616c686f737483747631,"
        + " 440271c30000b932396c6f63616c686f737463091400ff4ed339a5a379b0b8bc731fffb0",
    SALT
        + ", '', 01, 37cbf3210017a2d3, 44012f8eef9bbf7a396c6f63616c686f737483747631,"
        + " 44022f8eef9bbf7a396c6f63616c686f73746b19140837cbf3210017a2d3ff72cd7273fd331ac45cffbe55"
        + "c3"
  })
  void requestsAreProtected(
      String salt, String sender, String recipient, String idContext, String plain, String sent)
      throws Exception {
    try (Protection protection = at20(context(salt, sender, recipient, idContext))) {
      assertThat(protectedBytes(protection, plain)).isEqualTo(sent);
    }
  }

  // C.7 without a number of its own, C.8 with number 0: both answer the request of C.4.
  @ParameterizedTest
  @CsvSource({
    "64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106",
    "64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e"
  })
  void responsesAreOpened(String sent) throws Exception {
    try (Protection protection = at20(context(SALT, "", "01", ""))) {
      protectedBytes(protection, "44015d1f00003974396c6f63616c686f737483747631");
      Response response = protection.open(response(hex(sent)));
      assertThat(response).isNotInstanceOf(Unverified.class);
      assertThat(response.getCode().text).isEqualTo("2.05");
      assertThat(response.getPayloadString()).isEqualTo("Hello World!");
      assertThat(response.getMID()).isEqualTo(0x5d1f);
    }
  }

  @Test
  void noBitOfAResponseCanBeChanged() throws Exception {
    try (Protection protection = at20(context(SALT, "", "01", ""))) {
      protectedBytes(protection, "44015d1f00003974396c6f63616c686f737483747631");
      byte[] sent = hex("64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e");
      for (int bit = 12 * 8; bit < sent.length * 8; bit++) { // behind the payload's marker
        byte[] changed = sent.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(why(protection.open(response(changed)))).isEqualTo(Unverified.Why.FORGED);
      }
      assertThat(why(protection.open(response(sent)))).isNull(); // the control
      assertThat(why(protection.open(response(sent)))).isEqualTo(Unverified.Why.FORGED);
    }
  }

  @Test
  void anAnswerToAnotherRequestAndOneWithoutProtectionAreNotBelieved() throws Exception {
    try (Protection protection = at20(context(SALT, "", "01", ""))) {
      String request = "44015d1f00003974396c6f63616c686f737483747631";
      protectedBytes(protection, request);
      protectedBytes(protection, request); // the same again, as number 21
      byte[] toTheFirst = hex("64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106");
      assertThat(why(protection.open(response(toTheFirst)))).isEqualTo(Unverified.Why.FORGED);
      Response plain = protection.open(response(hex("64455d1f00003974ff48656c6c6f20576f726c6421")));
      assertThat(why(plain)).isEqualTo(Unverified.Why.UNPROTECTED);
      assertThat(plain.isSuccess()).isFalse();
    }
  }

  // RFC 8613, 6.3: what stands for which option.
  @Test
  void theOptionIsWrittenAndReadAsInTheStandardsExamples() {
    assertOption("090525", "05", null, "25");
    assertOption("0900", "00", null, "");
    assertOption("19050544616c656b", "05", "44616c656b", "");
    assertOption("", null, null, null);
    assertOption("0107", "07", null, null);
    for (String wrong : new String[] {"06010203040506", "07", "20", "02", "1005", "10", "010708"}) {
      assertThat(OscoreOption.decoded(hex(wrong))).as(wrong).isNull();
    }
  }

  private static void assertOption(
      String bytes, @Nullable String number, @Nullable String kidContext, @Nullable String kid) {
    OscoreOption option = new OscoreOption(of(number), of(kidContext), of(kid));
    assertThat(option.encoded()).isEqualTo(hex(bytes));
    OscoreOption read = OscoreOption.decoded(hex(bytes));
    assertThat(read).isNotNull();
    assertThat(read.number()).isEqualTo(of(number));
    assertThat(read.kidContext()).isEqualTo(of(kidContext));
    assertThat(read.kid()).isEqualTo(of(kid));
  }

  private static byte @Nullable [] of(@Nullable String text) {
    return text == null ? null : hex(text);
  }

  // RFC 8613, 5: as few bytes as can be, at least one.
  @Test
  void aNumberHasNoLeadingZeros() {
    assertThat(Protection.fewestBytes(0)).containsExactly(0);
    assertThat(Protection.fewestBytes(255)).containsExactly(255);
    assertThat(Protection.fewestBytes(256)).containsExactly(1, 0);
    assertThat(Protection.fewestBytes(SecurityContext.LARGEST_NUMBER))
        .containsExactly(255, 255, 255, 255, 255);
  }

  @Test
  void keysThatCannotBeAreRefusedAndDifferentOnesHaveDifferentNames() {
    assertThatThrownBy(() -> context(SALT, "01", "01", "")).hasMessageContaining("differ");
    assertThatThrownBy(
            () -> new SecurityContext(new byte[15], hex(SALT), hex("00"), hex("01"), null))
        .hasMessageContaining("16 bytes");
    assertThatThrownBy(() -> context(SALT, "0011223344556677", "01", ""))
        .hasMessageContaining("7 bytes");
    assertThat(
            java.util.stream.Stream.of(
                    context(SALT, "", "01", ""),
                    context("", "", "01", ""),
                    context(SALT, "02", "01", ""),
                    context(SALT, "", "01", "37cbf3210017a2d3"))
                .map(SecurityContext::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[0-9a-f]{16}"));
    // Whom it is said to changes no key of the sender's.
    assertThat(context(SALT, "", "02", "").name()).isEqualTo(context(SALT, "", "01", "").name());
  }

  private static SecurityContext context(
      String salt, String sender, String recipient, String idContext) {
    return new SecurityContext(
        hex(SECRET),
        hex(salt),
        hex(sender),
        hex(recipient),
        idContext.isEmpty() ? null : hex(idContext));
  }

  private Protection at20(SecurityContext context) throws IOException {
    Files.writeString(
        folder.resolve(context.name() + ".numbers"),
        NumberFile.line("gateway", context.name(), 20));
    return new Protection(context, SequenceNumbers.open(folder, "gateway", context.name(), NOBODY));
  }

  private static String protectedBytes(Protection protection, String plain)
      throws SequenceException {
    Request request = (Request) new UdpDataParser().parseMessage(hex(plain));
    return HexFormat.of()
        .formatHex(new UdpDataSerializer().getByteArray(protection.protect(request)));
  }

  private static Response response(byte[] bytes) {
    return (Response) new UdpDataParser().parseMessage(bytes);
  }

  private static Unverified.@Nullable Why why(Response response) {
    return response instanceof Unverified unverified ? unverified.why() : null;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
