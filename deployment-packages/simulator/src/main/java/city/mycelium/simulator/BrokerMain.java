package city.mycelium.simulator;

import city.mycelium.simulator.Options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * The demo's MQTT 5 broker as a process: Apache Artemis, embedded. Says {@code ready} on standard
 * output when it listens. For demonstrations only: it listens on the loopback address and asks
 * nobody who he is.
 *
 * <p>Why Artemis: docs/decisions/0030-demo-broker.md.
 */
public final class BrokerMain {

  private static final String HELP =
      """
      The demo's MQTT broker, on the loopback address, without passwords.

        --port N        where it listens                             (needed)
        --data DIR      keeps sessions and messages across a restart (in memory)
        --with-parent   ends when standard input ends
      """;

  private static final int MEBIBYTE = 1 << 20;

  private BrokerMain() {}

  public static void main(String[] words) throws Exception {
    try {
      Options options =
          Options.parse(List.of(words), Set.of("port", "data"), Set.of("help", "with-parent"));
      if (options.has("help")) {
        System.out.print(HELP);
        return;
      }
      run(options);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options) throws Exception {
    options.need("port");
    String data = options.find("data");
    Configuration configuration = modest();
    configuration.addAcceptorConfiguration(
        "mqtt",
        "tcp://127.0.0.1:"
            + options.wholeNumber("port", 0)
            + "?protocols=MQTT;useEpoll=false;useKQueue=false;remotingThreads=2");
    configuration.setPersistenceEnabled(data != null);
    if (data != null) {
      keepIn(Files.createDirectories(Path.of(data)), configuration);
    }
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    broker.start(); // declares Exception
    System.out.println("ready");
    Lifetime.live(options.has("with-parent"), () -> stop(broker));
  }

  /**
   * Small enough to share a machine with the rest of the demo; when memory is full it slows its
   * senders.
   */
  private static Configuration modest() throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("demo")
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .setJournalType(JournalType.NIO)
            .setScheduledThreadPoolMaxSize(2)
            .setThreadPoolMaxSize(8)
            .setGlobalMaxSize(16L * MEBIBYTE)
            .setMaxDiskUsage(-1);
    configuration.addAddressSetting(
        "#",
        new AddressSettings()
            .setAutoCreateAddresses(true)
            .setAutoCreateQueues(true)
            .setMaxSizeBytes(8L * MEBIBYTE)
            .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK));
    return configuration;
  }

  private static void keepIn(Path folder, Configuration configuration) {
    configuration
        .setJournalDirectory(folder.resolve("journal").toString())
        .setBindingsDirectory(folder.resolve("bindings").toString())
        .setLargeMessagesDirectory(folder.resolve("large").toString())
        .setPagingDirectory(folder.resolve("paging").toString())
        .setJournalFileSize(MEBIBYTE)
        .setJournalMinFiles(2);
  }

  private static void stop(EmbeddedActiveMQ broker) throws IOException {
    try {
      broker.stop();
    } catch (Exception e) { // what Artemis declares
      throw new IOException("the broker did not stop cleanly", e);
    }
  }
}
