package city.mycelium.connector.coap.internal.oscore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      assertThat(held.next()).isEqualTo(3 * NumberFile.STRETCH);
    }
  }

  @Test
  void aStretchIsOnTheMediumBeforeItsFirstNumberIsGivenOut() throws Exception {
    try (SequenceNumbers held = open()) {
      assertThat(file).doesNotExist();
      held.next();
      assertThat(witness.fileThen).contains(" " + NumberFile.STRETCH + " ");
      assertThat(witness.reserved).hasValue(NumberFile.STRETCH);
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
      for (int i = 1; i < NumberFile.STRETCH; i++) {
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
      assertThat(held.next()).isEqualTo(NumberFile.STRETCH);
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

  // A trial uses the key beside the connection that stands.
  @Test
  void whoUsesThemInOneProcessSharesThem() throws Exception {
    SequenceNumbers first = open();
    try (SequenceNumbers second = open()) {
      assertThat(first.next()).isZero();
      assertThat(second.next()).isEqualTo(1);
      first.close();
      first.close(); // which does not give up the other's
      assertThatThrownBy(first::next).hasMessageContaining("closed");
      assertThat(second.next()).isEqualTo(2);
      assertThatThrownBy(() -> SequenceNumbers.open(folder, "other", CONTEXT, witness))
          .hasMessageContaining("another gateway");
    }
    try (SequenceNumbers held = open()) {
      assertThat(held.next()).isEqualTo(NumberFile.STRETCH); // nobody held them any more
    }
  }

  @Test
  void anotherProcessKeepsUsOut() throws Exception {
    use(1);
    Path lock = folder.resolve(CONTEXT + ".lock");
    try (FileChannel others = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = others.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(this::open).hasMessageContaining("another process");
    }
    use(1);
  }

  // RFC 8613, 7.2.1: five bytes.
  @Test
  void whenTheyAreUsedUpThereIsNone() throws Exception {
    Files.createDirectories(folder);
    long last = SecurityContext.LARGEST_NUMBER - NumberFile.STRETCH;
    Files.writeString(file, NumberFile.line("gateway", CONTEXT, last));
    try (SequenceNumbers held = open()) {
      for (int i = 0; i < NumberFile.STRETCH; i++) {
        held.next();
      }
      assertThatThrownBy(held::next).hasMessageContaining("used up");
    }
  }
}
