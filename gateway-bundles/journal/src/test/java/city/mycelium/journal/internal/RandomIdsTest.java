package city.mycelium.journal.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {

  // RFC 4648, 10: the test vectors, in lowercase and without padding.
  @Test
  void base32IsThatOfTheRfc() {
    assertThat(
            Stream.of("", "f", "fo", "foo", "foob", "fooba", "foobar")
                .map(text -> RandomIds.base32(text.getBytes(US_ASCII))))
        .containsExactly("", "my", "mzxq", "mzxw6", "mzxw6yq", "mzxw6ytb", "mzxw6ytboi");
  }

  // A byte of 0xFF is -1 in Java: it must not spill over the bits before it.
  @Test
  void highBitsAreNoSigns() {
    byte[] bytes = {0, (byte) 0xFF, 0, (byte) 0xFF, 0};

    assertThat(RandomIds.base32(bytes)).isEqualTo("ad7qb7ya");
  }

  @Test
  void everyGatewayHasAnotherName() {
    assertThat(Stream.generate(RandomIds::gateway).limit(1_000).collect(Collectors.toSet()))
        .hasSize(1_000);
  }
}
