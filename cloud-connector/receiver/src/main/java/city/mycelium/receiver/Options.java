package city.mycelium.receiver;

import city.mycelium.receiver.internal.intake.Topics;
import city.mycelium.receiver.internal.mqtt.BrokerSettings;
import city.mycelium.receiver.internal.store.Database;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver is told on its command line.
 *
 * @param http where the HTTP API listens; port 0 for one that is free
 */
record Options(BrokerSettings broker, Topics topics, Database database, InetSocketAddress http) {

  /** Fits a terminal of 80 columns and 24 lines. */
  static final String HELP =
      """
      Usage: receiver --mqtt-url URL [option value]…

      Takes what gateways send to a broker, stores it once, acknowledges it, and
      answers over HTTP what it holds. Ends on SIGTERM or Ctrl-C.

        --mqtt-url URL        the broker: ssl://host:8883 or tcp://host:1883
        --username NAME       who we are there
        --password-file FILE  its first line is the password
        --ca-file FILE        PEM certificates that may vouch for the broker
                              (otherwise those that Java trusts)
        --client-id ID        one for each receiver        [mycelium-receiver]
        --topic-root ROOT     what all topics begin with           [mycelium]
        --db FILE|URL         SQLite file or jdbc:postgresql://…
                                                       [mycelium-receiver.db]
        --http-port PORT      where to answer; 0 for any free one       [8090]
        --http-bind ADDRESS   whom to answer; everybody: 0.0.0.0   [127.0.0.1]
        --help                this

      Exit codes: 0 ended as asked, 1 could not start, 2 wrong usage.
      More: docs/receiver.md
      """;

  private static final Set<String> NAMES =
      Set.of(
          "--mqtt-url",
          "--username",
          "--password-file",
          "--ca-file",
          "--client-id",
          "--topic-root",
          "--db",
          "--http-port",
          "--http-bind");

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it makes no sense; the message tells a person why
   */
  static Options parse(String... arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Iterator<String> words = Arrays.asList(arguments).iterator(); words.hasNext(); ) {
      String name = words.next();
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("there is no option '" + name + "'");
      }
      if (!words.hasNext()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      if (given.put(name, words.next()) != null) {
        throw new IllegalArgumentException(name + " is there twice");
      }
    }
    String url = given.get("--mqtt-url");
    if (url == null) {
      throw new IllegalArgumentException("--mqtt-url is needed: which broker?");
    }
    return new Options(
        new BrokerSettings(
            url,
            given.getOrDefault("--client-id", "mycelium-receiver"),
            given.get("--username"),
            path(given.get("--password-file")),
            path(given.get("--ca-file"))),
        new Topics(given.getOrDefault("--topic-root", "mycelium")),
        Database.at(given.getOrDefault("--db", "mycelium-receiver.db")),
        new InetSocketAddress(
            given.getOrDefault("--http-bind", "127.0.0.1"),
            port(given.getOrDefault("--http-port", "8090"))));
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("--http-port is 0 to 65535, not '" + text + "'");
  }
}
