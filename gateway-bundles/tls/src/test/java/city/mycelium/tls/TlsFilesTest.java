package city.mycelium.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.testkit.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

  @TempDir static Path keys;
  @TempDir Path directory;
  private static Authority city;

  @BeforeAll
  static void invent() throws Exception {
    city =
        Authority.named(keys, "city")
            .issue("rsa", "RSA", "")
            .issue("ec", "EC", "")
            .issue("other", "EC", "");
  }

  @Test
  void goodFilesMakeAContext() throws Exception {
    assertThat(of("rsa", "rsa").context()).isNotNull();
    assertThat(of("ec", "ec").socketFactory()).isNotNull();
    assertThat(TlsFiles.NONE.context()).isNotNull();
    assertThat(TlsFiles.ofServer(city.certificateFile("ec"), city.keyFile("ec")).caFile()).isNull();
  }

  @Test
  void aFileThatIsNotWhatItMustBeIsNamed() throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage.pem"), "no certificate");
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertFails(new TlsFiles(garbage, null, null), "garbage.pem");
    assertFails(new TlsFiles(empty, null, null), "empty.pem holds no certificate");
    assertFails(
        new TlsFiles(directory.resolve("missing.pem"), null, null), "missing.pem cannot be read");
    assertFails(new TlsFiles(null, garbage, city.keyFile("ec")), "garbage.pem");
    assertFails(of("ec", "rsa"), "kind of key");
  }

  // While certificates are renewed, one file is new and the other old.
  @Test
  void aKeyOfAnotherCertificateIsNamed() {
    assertFails(of("ec", "other"), "is not the key of the certificate in");
  }

  // RFC 7468, 11, and OpenSSL's two older headings.
  @Test
  void anEncryptedKeyAndAnOldOneAreCalledThat() throws Exception {
    assertFails(withKey("ENCRYPTED PRIVATE KEY", ""), "encrypted key, and nobody is there");
    assertFails(
        withKey("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
        "encrypted key, and nobody is there");
    assertFails(withKey("EC PRIVATE KEY", ""), "openssl pkcs8");
    assertFails(withKey("PRIVATE KEY", ""), "kind of key");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> new TlsFiles(null, Path.of("own.pem"), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TlsFiles(null, null, Path.of("own.key")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangedFileIsNoticed() throws Exception {
    Path ca = directory.resolve("ca.pem");
    TlsFiles files = new TlsFiles(ca, null, null);
    List<Object> missing = files.stamp();
    Files.copy(city.caFile(), ca);
    List<Object> there = files.stamp();
    assertThat(there).isNotEqualTo(missing).isEqualTo(files.stamp());
    Files.writeString(ca, Files.readString(ca) + "\n");
    assertThat(files.stamp()).isNotEqualTo(there);
  }

  private TlsFiles withKey(String label, String headers) throws Exception {
    Path key =
        Files.writeString(
            directory.resolve("some.key"),
            "-----BEGIN " + label + "-----\n" + headers + "AAAA\n-----END " + label + "-----\n");
    return new TlsFiles(null, city.certificateFile("ec"), key);
  }

  private static TlsFiles of(String certificate, String key) {
    return new TlsFiles(city.caFile(), city.certificateFile(certificate), city.keyFile(key));
  }

  private static void assertFails(TlsFiles files, String words) {
    assertThatThrownBy(files::context)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(words);
  }
}
