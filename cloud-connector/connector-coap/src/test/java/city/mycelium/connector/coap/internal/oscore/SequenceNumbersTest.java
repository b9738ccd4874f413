package city.mycelium.connector.coap.internal.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8613, B.1.1: no number twice, whatever happens. */
class SequenceNumbersTest {

  private static final String CONTEXT = "0123456789abcdef";

  @TempDir Path directory;
  private Path folder;
  private Path file;
  private final Told witness = new Told();

  /** Remembers as long as it is asked to, and knows what was in the file then. */
  private final class Told implements Witness {
    private OptionalLong reserved = OptionalLong.empty();
    @Nullable String fileThen;
    boolean broken;

    @Override
    public OptionalLong reserved(String context) {
      return reserved;
    }

    @Override
    public void remember(String context, long until) throws IOException {
      if (broken) {
        throw new IOException("no medium");
      }
      fileThen = Files.readString(file);
      reserved = OptionalLong.of(until);
    }
  }

  @BeforeEach
  void find() {
    folder = directory.resolve("oscore");
    file = folder.resolve(CONTEXT + ".numbers");
  }

  private SequenceNumbers open() throws SequenceException {
    return SequenceNumbers.open(folder, "gateway", CONTEXT, witness);
  }

  private void use(int numbers) throws SequenceException {
    try (SequenceNumbers held = open()) {
      for (int i = 0; i < numbers; i++) {
        held.next();
      }
    }
  }

  @Test
  void theyGoUpAndAfterAStartBehindAllThatMayHaveBeenUsed() throws Exception {
    try (SequenceNumbers held = open()) {
      for (long i = 0; i < 3_000; i++) {
        assertThat(held.next()).isEqualTo(i);
      }
    }
    try (SequenceNumbers held = open()) {
      assertThat(held.next()).isEqualTo(3 * SequenceNumbers.STRETCH);
    }
  }

  @Test
  void aStretchIsOnTheMediumBeforeItsFirstNumberIsGivenOut() throws Exception {
    try (SequenceNumbers held = open()) {
      assertThat(file).doesNotExist();
      held.next();
      assertThat(witness.fileThen).contains(" " + SequenceNumbers.STRETCH + " ");
      assertThat(witness.reserved).hasValue(SequenceNumbers.STRETCH);
    }
  }

  @Test
  void withoutTheMediumThereIsNone() throws Exception {
    try (SequenceNumbers held = open()) {
      witness.broken = true;
      assertThatThrownBy(held::next)
          .isInstanceOf(SequenceException.class)
          .hasMessageContaining("no medium");
      witness.broken = false;
      assertThat(held.next()).isZero(); // it was not given out
      // A folder where the draft should be: the file cannot be replaced.
      Files.createDirectories(folder.resolve(CONTEXT + ".numbers.new/full"));
      for (int i = 1; i < SequenceNumbers.STRETCH; i++) {
        held.next();
      }
      assertThatThrownBy(held::next).hasMessageContaining("cannot be written");
    }
  }

  @Test
  void aFileThatIsGoneWasLost() throws Exception {
    use(1);
    Files.delete(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("is gone")
        .hasMessageContaining("oscoreIdContext");
  }

  @Test
  void aFileThatIsOlderIsFromABackup() throws Exception {
    use(1);
    String before = Files.readString(file);
    use(1);
    String last = Files.readString(file);
    Files.writeString(file, before);
    assertThatThrownBy(this::open).hasMessageContaining("backup");
    Files.writeString(file, last); // the control
    use(1);
  }

  @Test
  void whatTheJournalForgotTheFileKnows() throws Exception {
    use(1);
    witness.reserved = OptionalLong.empty();
    try (SequenceNumbers held = open()) {
      assertThat(held.next()).isEqualTo(SequenceNumbers.STRETCH);
    }
  }

  @Test
  void anyDamageIsNoticed() throws Exception {
    use(1);
    String whole = Files.readString(file);
    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      assertThatThrownBy(this::open).hasMessageContaining("is damaged");
    }
    for (int at = 0; at < whole.length(); at++) {
      byte[] bytes = whole.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      bytes[at] ^= 0x11;
      Files.write(file, bytes);
      assertThatThrownBy(this::open).hasMessageContaining("is damaged");
    }
    Files.write(file, new byte[1 << 16]);
    assertThatThrownBy(this::open).hasMessageContaining("is damaged");
  }

  @Test
  void anotherGatewaysFileIsNotOurs() throws Exception {
    use(1);
    assertThatThrownBy(() -> SequenceNumbers.open(folder, "other", CONTEXT, witness))
        .hasMessageContaining("another gateway");
  }

  @Test
  void oneHoldsThemAtATime() throws Exception {
    try (SequenceNumbers held = open()) {
      held.next();
      assertThatThrownBy(this::open).hasMessageContaining("another connection");
    }
    SequenceNumbers held = open();
    held.close();
    held.close();
    assertThatThrownBy(held::next).hasMessageContaining("closed");
    use(1);
  }

  // RFC 8613, 7.2.1: five bytes.
  @Test
  void whenTheyAreUsedUpThereIsNone() throws Exception {
    Files.createDirectories(folder);
    long last = SecurityContext.LARGEST_NUMBER - SequenceNumbers.STRETCH;
    Files.writeString(file, SequenceNumbers.line("gateway", CONTEXT, last));
    try (SequenceNumbers held = open()) {
      for (int i = 0; i < SequenceNumbers.STRETCH; i++) {
        held.next();
      }
      assertThatThrownBy(held::next).hasMessageContaining("used up");
    }
  }
}
