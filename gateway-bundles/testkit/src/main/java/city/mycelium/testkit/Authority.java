package city.mycelium.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An invented certificate authority, made anew by each test with the JDK's own keytool. For one
 * thread.
 */
public final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final String name;

  private Authority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /**
   * A new authority.
   *
   * @param directory gets all its files
   */
  public static Authority named(Path directory, String name) throws Exception {
    Authority authority = new Authority(directory, name);
    authority.keytool(
        name,
        List.of(
            "-genkeypair",
            "-alias",
            name,
            "-dname",
            "CN=Invented authority " + name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-ext",
            "bc:c"));
    authority.writeCertificate(name, authority.caFile());
    return authority;
  }

  /** Its own certificate, PEM. */
  public Path caFile() {
    return directory.resolve(name + ".ca.pem");
  }

  /** Where the certificate of an owner is, PEM, once it was issued. */
  public Path certificateFile(String owner) {
    return directory.resolve(owner + ".pem");
  }

  /** Where the key of an owner is, PEM (PKCS #8), once it was issued. */
  public Path keyFile(String owner) {
    return directory.resolve(owner + ".key");
  }

  /**
   * A key and a certificate that this authority signs.
   *
   * @param alternativeNames such as {@code dns:localhost}
   */
  public Authority issue(String owner, String keyAlgorithm, String alternativeNames)
      throws Exception {
    return issue(owner, keyAlgorithm, alternativeNames, "-1d");
  }

  /** The same, valid for two days that are over. */
  public Authority issueExpired(String owner, String keyAlgorithm, String alternativeNames)
      throws Exception {
    return issue(owner, keyAlgorithm, alternativeNames, "-10d");
  }

  /** The same, valid for two days that are yet to come. */
  public Authority issueNotYetValid(String owner, String keyAlgorithm, String alternativeNames)
      throws Exception {
    return issue(owner, keyAlgorithm, alternativeNames, "+10d");
  }

  /** A key and a certificate that no authority signs, only itself. */
  public Authority issueSelfSigned(String owner, String keyAlgorithm, String alternativeNames)
      throws Exception {
    keytool(
        owner,
        List.of(
            "-genkeypair",
            "-alias",
            owner,
            "-dname",
            "CN=" + owner,
            "-keyalg",
            keyAlgorithm,
            "-validity",
            "2",
            "-ext",
            "san=" + alternativeNames));
    writeCertificate(owner, certificateFile(owner));
    writeKey(owner);
    return this;
  }

  private Authority issue(
      String owner, String keyAlgorithm, String alternativeNames, String startDate)
      throws Exception {
    keytool(
        owner,
        List.of(
            "-genkeypair",
            "-alias",
            owner,
            "-dname",
            "CN=" + owner,
            "-keyalg",
            keyAlgorithm,
            "-validity",
            "2"));
    Path request = directory.resolve(owner + ".csr");
    keytool(owner, List.of("-certreq", "-alias", owner, "-file", request.toString()));
    List<String> sign =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-alias",
                name,
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificateFile(owner).toString(),
                "-startdate",
                startDate,
                "-validity",
                "2"));
    if (!alternativeNames.isEmpty()) {
      sign.addAll(List.of("-ext", "san=" + alternativeNames));
    }
    keytool(name, sign);
    writeKey(owner);
    return this;
  }

  private void writeKey(String owner) throws GeneralSecurityException, IOException {
    write(
        keyFile(owner),
        "PRIVATE KEY",
        store(owner).getKey(owner, PASSWORD.toCharArray()).getEncoded());
  }

  private void writeCertificate(String owner, Path file)
      throws GeneralSecurityException, IOException {
    Certificate certificate = store(owner).getCertificate(owner);
    write(file, "CERTIFICATE", certificate.getEncoded());
  }

  private static void write(Path file, String label, byte[] content) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(
        file,
        "-----BEGIN "
            + label
            + "-----\n"
            + lines.encodeToString(content)
            + "\n-----END "
            + label
            + "-----\n");
  }

  private KeyStore store(String owner) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(storeFile(owner))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path storeFile(String owner) {
    return directory.resolve(owner + ".p12");
  }

  private void keytool(String owner, List<String> command) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    all.addAll(command);
    all.addAll(
        List.of(
            "-keystore",
            storeFile(owner).toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    Path log = directory.resolve("keytool.log");
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("keytool failed: " + Files.readString(log));
    }
  }
}
