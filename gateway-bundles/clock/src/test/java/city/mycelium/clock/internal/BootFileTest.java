package city.mycelium.clock.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFileTest {

  private static final Anchor FIRST = new Anchor("gnss", new Look(7, 100), 1_000, 600);
  private static final Anchor LAST = new Anchor("chrony", new Look(1_800, 900), 1_800, 2);

  @TempDir private Path data;

  private BootFile file;
  private Boots boots;

  @BeforeEach
  void write() throws Exception {
    file = new BootFile(data);
    boots =
        Boots.NONE
            .started("a")
            .with(boot -> boot.anchored(FIRST).anchored(LAST).seen(5_000).leapt(6_000))
            .started("b")
            .with(boot -> boot.seen(3));
    file.write(boots);
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    assertThat(file.read()).isEqualTo(boots);
    assertThat(file.read().list())
        .containsExactly(
            new Boot("a", FIRST, LAST, 6_000, OptionalLong.of(6_000)),
            new Boot("b", null, null, 3, OptionalLong.empty()));
  }

  @Test
  void withoutAFileNothingIsKnown(@TempDir Path empty) throws Exception {
    assertThat(new BootFile(empty).read()).isEqualTo(Boots.NONE);
  }

  @Test
  void eachLineAddsToWhatIsKnown() throws Exception {
    append(BootLine.anchored("b", FIRST));
    append(BootLine.leapt("b", 700));
    append(BootLine.seen("b", 800));
    append(BootLine.started("c"));

    assertThat(file.read().list().get(1))
        .isEqualTo(new Boot("b", FIRST, FIRST, 800, OptionalLong.of(700)));
    assertThat(file.read().present()).isEqualTo(Boot.started("c"));
  }

  // The power went in the middle of it.
  @Test
  void aTornLastLineIsIgnoredWhereverItIsTorn() throws Exception {
    String whole = BootLine.anchored("b", FIRST);
    for (int length = 1; length < whole.length(); length++) {
      file.write(boots);
      Files.writeString(
          data.resolve(BootFile.NAME), whole.substring(0, length), StandardOpenOption.APPEND);

      assertThat(file.read()).isEqualTo(boots);
    }
  }

  @Test
  void aDamagedLineCostsNoOther() throws Exception {
    byte[] bytes = Files.readAllBytes(data.resolve(BootFile.NAME));
    bytes[3] =
        (byte) 0xff; // in the first line, which says that a was started: the next says so too
    Files.write(data.resolve(BootFile.NAME), bytes);

    assertThat(file.read()).isEqualTo(boots);
  }

  @Test
  void theFileIsBounded() throws Exception {
    int most = 0;
    for (int i = 0; i < 3_000; i++) {
      append(BootLine.anchored("b", LAST));
      most = Math.max(most, (int) Files.size(data.resolve(BootFile.NAME)));
    }

    assertThat(most).isBetween(100_000, BootFile.MOST_BYTES);
    assertThat(file.read().list().get(0)).isEqualTo(boots.list().get(0));
  }

  @Test
  void onlySoManyStartsAreRemembered() {
    Boots many = boots;
    for (int i = 0; i < 200; i++) {
      many = many.started("boot-" + i);
    }

    assertThat(many.list()).hasSize(Boots.MOST);
    assertThat(many.present().id()).isEqualTo("boot-199");
  }

  @Test
  void aNewFileIsWholeOrNotThere() throws Exception {
    Files.writeString(data.resolve(BootFile.NAME + ".new"), "half a li", StandardCharsets.US_ASCII);

    assertThat(file.read()).isEqualTo(boots);
    file.write(boots);
    assertThat(List.of(data.toFile().list())).containsExactly(BootFile.NAME);
  }

  private void append(String line) throws Exception {
    boots = BootLine.read(line).orElseThrow().apply(boots);
    file.append(line, boots);
  }
}
