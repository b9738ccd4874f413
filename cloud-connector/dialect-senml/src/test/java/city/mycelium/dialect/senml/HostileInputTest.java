package city.mycelium.dialect.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes are, a parser answers with a value or a SenmlException, soon and in little
 * memory.
 */
class HostileInputTest {

  private static final int INPUTS = 10_000;

  /** One of the parsers, with messages that it takes. */
  private record Parser(String name, Parse parse, List<byte[]> good) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Parse {
    Object parse(byte[] bytes) throws SenmlException;
  }

  static Stream<Parser> parsers() {
    return Stream.of(
        new Parser(
            "json pack",
            SenmlCodec.json()::decode,
            List.of(Golden.json("pack.json"), Golden.json("pack-empty.json"))),
        new Parser(
            "cbor pack",
            SenmlCodec.cbor()::decode,
            List.of(Golden.hex("pack.cbor.hex"), Golden.hex("pack-empty.cbor.hex"))),
        new Parser(
            "block",
            SenmlCodec.block()::decode,
            List.of(Golden.hex("block.hex"), Golden.hex("block-deflated.hex"))),
        new Parser(
            "acknowledgement",
            Acknowledgement::parse,
            List.of(Golden.json("acknowledgement.json"))),
        new Parser(
            "status",
            Status::parse,
            List.of(Golden.json("status-online.json"), Golden.json("status-offline.json"))));
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void whatIsCutOffAnywhereIsRefused(Parser parser) throws SenmlException {
    for (byte[] good : parser.good()) {
      parser.parse().parse(good); // the control: whole, it is taken
      for (int length = 0; length < good.length; length++) {
        byte[] cut = Arrays.copyOf(good, length);
        assertThatThrownBy(() -> parser.parse().parse(cut))
            .as("the first %d bytes", length)
            .isInstanceOf(SenmlException.class)
            // It may come again whole: that is for the sender to try, not for us to rule out.
            .isNotInstanceOf(UnacceptablePackException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void noiseIsRefused(Parser parser) {
    Random random = new Random(1);
    for (int i = 0; i < INPUTS; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> parser.parse().parse(noise))
          .as(() -> HexFormat.of().formatHex(noise))
          .isInstanceOf(SenmlException.class);
    }
  }

  // Nearly right is more dangerous than noise: it gets further into the parser.
  @ParameterizedTest
  @MethodSource("parsers")
  void whatWasTamperedWithIsReadOrRefusedAndNothingElse(Parser parser) {
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes = tamper(random, parser.good().get(random.nextInt(parser.good().size())));
      try {
        assertThat(parser.parse().parse(bytes)).isNotNull();
      } catch (SenmlException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      } catch (RuntimeException | Error e) {
        fail("neither read nor refused: " + HexFormat.of().formatHex(bytes), e);
      }
    }
    // The control: the tampering does reach what is checked.
    assertThat(refused).isGreaterThan(INPUTS / 2);
  }

  private static byte[] tamper(Random random, byte[] good) {
    byte[] bytes = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        default -> {
          // A piece of it, somewhere else in it.
          int from = random.nextInt(good.length);
          int length = random.nextInt(Math.min(good.length - from, bytes.length - at) + 1);
          System.arraycopy(good, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** Small messages that promise much. */
  static Stream<byte[]> boasts() {
    HexFormat hex = HexFormat.of();
    return Stream.of(
        hex.parseHex("9affffffff"), // an array of 4 billion
        hex.parseHex("9b7fffffffffffffff"),
        hex.parseHex("81bb7fffffffffffffff"), // a map of 2^63 - 1
        hex.parseHex("81a1007b7fffffffffffffff"), // a name of 2^63 - 1 bytes
        hex.parseHex("81a1007a7fffffff" + "61".repeat(100)),
        hex.parseHex("81a1085b7fffffffffffffff"), // data of as many
        hex.parseHex("81a102c25a7fffffff"), // an integer of as many
        hex.parseHex("81a102c4821b7fffffffffffffff01"), // 1 times ten to the power of -2^63
        hex.parseHex("81a106c4823b7fffffffffffffff01"),
        repeat("81", 1_000_000), // arrays in arrays
        repeat("a100", 1_000_000),
        repeat("c1", 1_000_000)); // tags on tags
  }

  @ParameterizedTest
  @MethodSource("boasts")
  void promisesInCborAreNotBelieved(byte[] boast) {
    assertRefusedInLittleMemory(SenmlCodec.cbor()::decode, boast);
  }

  @Test
  void promisesInJsonAreNotBelieved() {
    String coverage = new String(Golden.json("pack-empty.json"), StandardCharsets.UTF_8);
    for (String boast :
        List.of(
            coverage.replace("\"v\":0", "\"v\":9223372036854775807"),
            "[".repeat(1_000_000),
            "[{\"x\":".repeat(100_000),
            "[{\"n\":\"" + "a".repeat(1_000_000) + "\"}]",
            "[{\"" + "a".repeat(1_000_000) + "\":1}]",
            "[{\"n\":\"a\",\"v\":" + "1".repeat(1_000_000) + "}]",
            "[{\"n\":\"a\",\"t\":1e-2147483648,\"v\":1}]",
            "[{\"n\":\"a\",\"v\":1e2147483647}]")) {
      assertRefusedInLittleMemory(
          SenmlCodec.json()::decode, boast.getBytes(StandardCharsets.UTF_8));
    }
  }

  // The control: the meter does see what a parser takes.
  @Test
  void theMemoryMeterCounts() throws SenmlException {
    long before = allocated();
    byte[] megabytes = new byte[4_000_000];
    SenmlCodec.json().decode(Golden.json("pack.json"));
    assertThat(allocated() - before).isGreaterThan(megabytes.length);
  }

  private static void assertRefusedInLittleMemory(Parse parse, byte[] bytes) {
    long before = allocated();
    assertThatThrownBy(() -> parse.parse(bytes)).isInstanceOf(SenmlException.class);
    // Some room to work in, and a bounded number of bytes for each byte that was really sent.
    assertThat(allocated() - before).isLessThan(3_000_000 + 20L * bytes.length);
  }

  /** Bytes that this thread has ever allocated; what became of them does not matter. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static byte[] repeat(String hexadecimal, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = HexFormat.of().parseHex(hexadecimal);
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(piece);
    }
    return bytes.toByteArray();
  }
}
