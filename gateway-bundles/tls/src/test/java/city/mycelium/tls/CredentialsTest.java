package city.mycelium.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  @TempDir Path directory;

  @Test
  void aPasswordNeedsAUserAndOneSource() {
    Path file = Path.of("secret");
    assertThatThrownBy(() -> new Credentials(null, "x", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Credentials(null, null, file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Credentials("u", "x", file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPasswordThatIsGivenIsTaken() throws Exception {
    assertThat(new Credentials("u", "pässword", null).readPassword())
        .isEqualTo("pässword".getBytes(StandardCharsets.UTF_8));
    assertThat(new Credentials("u", null, null).readPassword()).isNull(); // the control
  }

  // Without a password the far end would say no, and not why.
  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> new Credentials("u", null, missing).readPassword())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(missing.toString());
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    assertThatThrownBy(() -> new SecretFile("token", empty).read())
        .isInstanceOf(SetupException.class)
        .hasMessage("the token file " + empty + " is empty");
    Path noText = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> new SecretFile("token", noText).read())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aSecretIsReadOutOfItsFileWithoutTheLastLineBreakOnly() throws Exception {
    for (String text : new String[] {" pass word ", " pass word \n", " pass word \r\n"}) {
      Path file = Files.writeString(directory.resolve("secret"), text);
      assertThat(new Credentials("u", null, file).readPassword())
          .isEqualTo(" pass word ".getBytes(StandardCharsets.UTF_8));
    }
  }

  // It may get into a log.
  @Test
  void itsTextDoesNotHoldThePassword() {
    assertThat(new Credentials("u", "s3cret", null)).asString().isEqualTo("user u");
    assertThat(Credentials.NONE).asString().isEqualTo("no user");
  }
}
