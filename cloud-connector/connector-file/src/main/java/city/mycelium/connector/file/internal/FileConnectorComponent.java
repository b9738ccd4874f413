package city.mycelium.connector.file.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Misconfigured;
import city.mycelium.api.time.Schedulers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One folder of the configuration, offered to the Destination that it names. */
@Component(
    service = Connector.class,
    configurationPid = "city.mycelium.connector.file",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileConnectorComponent.Config.class, factory = true)
public final class FileConnectorComponent implements Connector {

  @ObjectClassDefinition(
      name = "File connector",
      description = "The folder that one Destination's files are written to.")
  @interface Config {
    @AttributeDefinition(name = "Destination", description = "Whose folder this is.")
    String destination();

    @AttributeDefinition(
        name = "Folder",
        description = "Absolute path; made if it is not there. Nothing else should write there.")
    String folder();
  }

  private final Connector connector;

  /** One that is not open yet. */
  @Activate
  public FileConnectorComponent(Config config, @Reference Schedulers schedulers) {
    connector = Misconfigured.unless(() -> made(config, schedulers));
  }

  private static Connector made(Config config, Schedulers schedulers) {
    Path folder = Path.of(config.folder());
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException(
          "destination "
              + config.destination()
              + ": folder is an absolute path such as /srv/open-data, not '"
              + folder
              + "'");
    }
    return new FileConnector(
        config.destination(), folder, schedulers, RandomGenerator.getDefault());
  }

  @Override
  public Session open(
      Supplier<Optional<Message>> farewell, Set<String> inbound, Listener listener) {
    return connector.open(farewell, inbound, listener);
  }

  @Override
  public List<Check> probe(Duration patience) {
    return connector.probe(patience);
  }

  @Override
  public Answer ask(Message question, Duration patience) {
    return connector.ask(question, patience);
  }
}
