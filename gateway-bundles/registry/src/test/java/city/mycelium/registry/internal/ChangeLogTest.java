package city.mycelium.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLogTest {

  private static final JsonObject ONE = Json.createObjectBuilder().add("change", 1).build();
  private static final JsonObject TWO = Json.createObjectBuilder().add("change", "één").build();
  private static final JsonObject THREE = Json.createObjectBuilder().add("change", 3).build();

  @TempDir private Path directory;
  private Path file;
  private ChangeLog log;

  @BeforeEach
  void open() {
    file = directory.resolve("made/with/the/first/change.jsonl");
    log = new ChangeLog(file);
  }

  @Test
  void aLogThatWasNeverWrittenHasNoChanges() throws Exception {
    assertThat(log.replay()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void changesComeBackInTheirOrder() throws Exception {
    log.append(ONE);
    log.append(TWO);

    assertThat(new ChangeLog(file).replay()).containsExactly(ONE, TWO);
    assertThat(file).hasContent("{\"change\":1}\n{\"change\":\"één\"}\n");
  }

  // A crash may stop the write after any byte, in the middle of a character too.
  @Test
  void aLastLineThatWasCutOffAnywhereNeverHappenedAndCostsNoOther() throws Exception {
    log.append(ONE);
    log.append(TWO);
    byte[] whole = Files.readAllBytes(file);
    int secondLine = 13;
    for (int length = secondLine; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertThat(log.replay()).as("cut to %d bytes", length).containsExactly(ONE);
      log.append(THREE);
      assertThat(log.replay()).as("cut to %d bytes", length).containsExactly(ONE, THREE);
      assertThat(file).hasContent(ONE + "\n" + THREE + "\n"); // nothing is left to complain about
    }
  }

  // So ends a file that somebody has mended by hand; and a write that lacked but its last byte.
  @Test
  void aWholeLastLineWithoutItsLineFeedIsKeptAndTheNextChangeBeginsItsOwn() throws Exception {
    log.append(ONE);
    Files.writeString(file, TWO.toString(), StandardOpenOption.APPEND);

    assertThat(log.replay()).containsExactly(ONE, TWO);
    log.append(THREE);
    assertThat(log.replay()).containsExactly(ONE, TWO, THREE);
  }

  @Test
  void aDamagedLineIsLeftWhereItIsAndCostsNoOther() throws Exception {
    log.append(ONE);
    Files.writeString(file, "{\"chan\0\0\0\n\n" + ONE + TWO + "\n[1]\n", StandardOpenOption.APPEND);
    log.append(TWO);
    byte[] before = Files.readAllBytes(file);

    // Two objects on one line are no change either: which of them is whole is anybody's guess.
    assertThat(log.replay()).containsExactly(ONE, TWO);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void bytesThatAreNoTextCostOnlyTheirOwnLine() throws Exception {
    log.append(ONE);
    Files.write(file, new byte[] {'{', (byte) 0xff, (byte) 0xc3, '\n'}, StandardOpenOption.APPEND);
    log.append(TWO);

    assertThat(log.replay()).containsExactly(ONE, TWO);
  }

  // A parser that gives up on deep nesting does so with an exception of its own.
  @Test
  void aLineThatIsNestedBeyondReasonCostsNoOther() throws Exception {
    log.append(ONE);
    Files.writeString(file, "{\"a\":".repeat(100_000) + "\n", StandardOpenOption.APPEND);
    log.append(TWO);

    assertThat(log.replay()).containsExactly(ONE, TWO);
  }

  @Test
  void aChangeThatCannotBeWrittenLeavesNoTrace() throws Exception {
    Files.createDirectories(file); // a directory in its place: no write succeeds

    assertThatThrownBy(() -> log.append(ONE)).isInstanceOf(IOException.class);

    Files.delete(file);
    log.append(TWO);
    assertThat(log.replay()).containsExactly(TWO);
  }

  @Test
  void noGarbageMakesItFailOrCostsAWholeLine() throws Exception {
    Random random = new Random(20261123);
    Files.createDirectories(file.getParent());
    for (int i = 0; i < 100; i++) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (int line = 0; line < 100; line++) {
        content.writeBytes(garbage(random));
        content.writeBytes(("\n" + ONE + "\n").getBytes(StandardCharsets.UTF_8));
      }
      content.writeBytes(garbage(random));
      Files.write(file, content.toByteArray());

      assertThat(log.replay()).hasSize(100).containsOnly(ONE);
    }
  }

  /** Noise; or a piece of a change, which is more like what a parser falls for. */
  private static byte[] garbage(Random random) {
    byte[] garbage = TWO.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean()) {
      return Arrays.copyOf(garbage, random.nextInt(garbage.length));
    }
    random.nextBytes(garbage);
    return garbage;
  }
}
