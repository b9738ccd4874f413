package city.mycelium.receiver.internal.store;

import city.mycelium.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the test's own: a process with its own folder and port, gone when it is
 * closed. PostgreSQL refuses to run as root; then it runs as the user that its package has made.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Path DEBIAN_PACKAGE = Path.of("/usr/lib/postgresql");
  private static final String USER = "mycelium";

  private final Path folder;
  private final int port;
  private final List<String> asUser;
  private final Path binaries;
  private Process process;

  private PostgresServer(Path folder, int port, List<String> asUser, Path binaries) {
    this.folder = folder;
    this.port = port;
    this.asUser = asUser;
    this.binaries = binaries;
  }

  /**
   * Starts one.
   *
   * @throws AssertionError if there is no PostgreSQL on this machine, or it does not start
   */
  public static PostgresServer start() throws Exception {
    Path binaries = binaries();
    Path folder =
        Files.createTempDirectory(
            "mycelium-postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<String> asUser = List.of();
    if (System.getProperty("user.name").equals("root")) {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
      asUser = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--");
    }
    PostgresServer server = new PostgresServer(folder, freePort(), asUser, binaries);
    Process initdb =
        server.run(
            "initdb",
            "--no-sync",
            "-A",
            "trust",
            "-U",
            USER,
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
            folder.resolve("data").toString());
    if (!initdb.waitFor(60, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
      throw new AssertionError("initdb failed: " + Files.readString(server.log()));
    }
    server.resume();
    return server;
  }

  /** Starts it again after {@link #kill}. */
  public void resume() throws Exception {
    process =
        run(
            "postgres",
            "-D",
            folder.resolve("data").toString(),
            "-F", // no fsync: a test survives the end of a process, not of the machine
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-p",
            Integer.toString(port));
    Await.await(
        "PostgreSQL answers",
        () -> {
          if (!process.isAlive()) {
            throw new IOException("it ended: " + Files.readString(log()));
          }
          connect("postgres").close();
          return true;
        },
        Duration.ofSeconds(60));
  }

  /** A new, empty database on it. */
  public Database emptyDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return Database.at(url(name));
  }

  /**
   * It is gone from one moment to the next, with the processes that serve its connections: those
   * would otherwise live on until they notice.
   */
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** Its "fast shutdown" is SIGINT: a SIGTERM would wait for its clients. */
  @Override
  public void close() throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().onExit().join();
    if (process.onExit().completeOnTimeout(null, 20, TimeUnit.SECONDS).join() == null) {
      kill();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    Process started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  private static Path binaries() throws IOException {
    if (Files.isDirectory(DEBIAN_PACKAGE)) {
      try (Stream<Path> versions = Files.list(DEBIAN_PACKAGE)) {
        List<Path> found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found.get(found.size() - 1);
        }
      }
    }
    throw new AssertionError(
        "this test needs a PostgreSQL server: install Debian's package 'postgresql'");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
