package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Settings;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.InMemoryJournal;
import city.mycelium.testkit.LeapingClock;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

/** A Destination that shares its gateway with others. */
class DestinationComponentTest {

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private HandScheduler scheduler = new HandScheduler(clock);
  private final DestinationComponent component = component(Map.of());

  /** Counts how often it is opened and closed. */
  private final class Wire implements Connector {
    private int opened;
    private int closed;

    @Override
    public Session open(Supplier<Optional<Message>> farewell, Set<String> inbound, Listener owner) {
      opened++;
      Session session = new FakePlatform().open(farewell, inbound, owner);
      return new Session() {
        @Override
        public CompletableFuture<Answer> send(Message message) {
          return session.send(message);
        }

        @Override
        public void hangUp() {
          session.hangUp();
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  private record Kind(String name) implements DialectKind {
    @Override
    public String title() {
      return name;
    }

    @Override
    public Dialect dialect(Settings settings, Names names) {
      return new FakePlatform();
    }

    @Override
    public MessageReader reader(Settings settings, Names names) {
      throw new UnsupportedOperationException("nobody reads here");
    }
  }

  /** A connection is dear: births, logins, handshakes. On a busy gateway it would never stand. */
  @Test
  void whatComesAndGoesForOthersDoesNotTouchIt() {
    Wire own = new Wire();
    Wire other = new Wire();
    Kind spoken = new Kind("plain");
    Kind unused = new Kind("other");
    component.addDialect(unused);
    component.addDialect(spoken);
    component.addConnector(own, Map.of("destination", "hub"));
    scheduler.runDue();
    assertThat(own.opened).isEqualTo(1);

    component.addConnector(other, Map.of("destination", "elsewhere"));
    component.addDialect(new Kind("third"));
    component.removeDialect(unused);
    component.removeConnector(other);
    scheduler.runDue();
    assertThat(own.opened).isEqualTo(1);
    assertThat(own.closed).isZero();
    assertThat(other.opened).isZero();
  }

  @Test
  void itsOwnConnectorAndDialectAreTakenAsTheyComeAndGo() {
    Wire own = new Wire();
    Kind spoken = new Kind("plain");
    component.addDialect(spoken);
    component.addConnector(own, Map.of("destination", "hub"));
    scheduler.runDue();

    component.removeConnector(own);
    assertThat(component.running()).isNull();
    assertThat(component.trouble()).contains("no connector");
    Wire changed = new Wire();
    component.addConnector(changed, Map.of("destination", "hub"));
    scheduler.runDue();
    assertThat(own.closed).isEqualTo(1);
    assertThat(changed.opened).isEqualTo(1);
    assertThat(component.trouble()).isEmpty();

    component.removeDialect(spoken);
    assertThat(component.running()).isNull();
    assertThat(component.trouble()).contains("no dialect 'plain'");
    component.addDialect(new Kind("plain"));
    scheduler.runDue();
    assertThat(changed.opened).isEqualTo(2);
  }

  /** Misspelt, a limit would not limit and a selection would not select. */
  @Test
  void aKeyThatMeansNothingIsNamed() {
    DestinationComponent misspelt = component(Map.of("selectKind", "raw"));
    misspelt.addDialect(new Kind("plain"));
    misspelt.addConnector(new Wire(), Map.of("destination", "hub"));
    assertThat(misspelt.running()).isNull();
    assertThat(misspelt.trouble()).contains("'selectKind'");

    DestinationComponent known = component(Map.of("bytesPerDay", 5L, "service.pid", "x"));
    known.addDialect(new Kind("plain"));
    known.addConnector(new Wire(), Map.of("destination", "hub"));
    assertThat(known.trouble()).isEmpty();
  }

  private DestinationComponent component(Map<String, Object> more) {
    House house = new House();
    Map<String, Object> set =
        new HashMap<>(Map.of("name", "hub", "recipient", "municipality", "dialect", "plain"));
    set.putAll(more);
    BundleContext context =
        (BundleContext)
            Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    DestinationComponent.Config config =
        (DestinationComponent.Config)
            Proxy.newProxyInstance(
                DestinationComponent.Config.class.getClassLoader(),
                new Class<?>[] {DestinationComponent.Config.class},
                (proxy, method, arguments) ->
                    set.getOrDefault(method.getName(), method.getDefaultValue()));
    return new DestinationComponent(
        context, config, set, new InMemoryJournal(), house, house, clock, name -> fresh());
  }

  private HandScheduler fresh() {
    scheduler = new HandScheduler(clock);
    return scheduler;
  }
}
