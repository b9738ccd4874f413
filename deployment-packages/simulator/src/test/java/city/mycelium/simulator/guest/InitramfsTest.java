package city.mycelium.simulator.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Linux, Documentation/driver-api/early-userspace/buffer-format.rst. */
class InitramfsTest {

  @Test
  void anEntryIsAHeaderANameAndContentEachPaddedToFour() {
    String archive =
        text(new Initramfs().file("init", new byte[] {'#', '!', 'x', 'y', 'z'}).bytes());

    // Magic, inode 1, a regular file of 0755, root's, one link, no time, 5 bytes, no devices, a
    // name
    // of 4 and its end, no checksum: 110 bytes and the name end on 116 after one byte of padding.
    String header =
        "070701"
            + "00000001"
            + "000081ed"
            + "00000000"
            + "00000000"
            + "00000001"
            + "00000000"
            + "00000005"
            + "00000000".repeat(4)
            + "00000005"
            + "00000000";
    assertThat(archive).startsWith(header + "init\0" + "\0" + "#!xyz" + "\0\0\0" + "070701");
  }

  @Test
  void theArchiveEndsWithItsTrailer() {
    byte[] archive = new Initramfs().folder("dev").bytes();

    assertThat(text(archive)).contains("000041ed").contains("TRAILER!!!\0");
    assertThat(archive.length % 4).isZero();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
