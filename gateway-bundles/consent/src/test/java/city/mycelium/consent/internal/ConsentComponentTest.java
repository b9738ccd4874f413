package city.mycelium.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Thing;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class ConsentComponentTest {

  private static final PartyId CITY = new PartyId("city");
  private static final String GRANT =
      """
      {"owner": "alice", "recipient": "city", "datastreams": ["*"], "resolution": "raw",
       "until": "2026-12-31", "purpose": "air quality"}
      """;

  private final FakeRegistry registry = new FakeRegistry();
  private final Datastream pm25 =
      new Datastream(
          new DatastreamId("kit.1/PM25"),
          new ThingId("front"),
          new DeviceId("kit.1"),
          Vocabulary.PM2_5,
          Unit.MICROGRAM_PER_CUBIC_METRE,
          null,
          null);

  /** The gate as others find it, while it is there. */
  private @Nullable Consent gate;

  /** What it said to the first who asked. */
  private @Nullable Decision firstAnswer;

  // Withheld is final: a gate that is there before its Grants are would withhold what they cover.
  @Test
  void theGateKnowsItsGrantsWhenItOpens() {
    component(GRANT);

    assertThat(firstAnswer).isInstanceOf(Decision.Permitted.class);
  }

  // The control: it is the Grant that does it. The packaged defaults hold an empty list.
  @Test
  void withoutGrantsTheGateOpensAndWithholdsEverything() {
    component();

    assertThat(firstAnswer).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void aChangedConfigurationCountsAtTheSameGate() {
    ConsentComponent component = component();
    Consent opened = gate;

    component.modified(config(GRANT));
    assertThat(gate).isSameAs(opened);
    assertThat(answer()).isInstanceOf(Decision.Permitted.class);

    component.modified(config());
    assertThat(answer()).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void thereIsNoGateWhenConsentIsGone() {
    ConsentComponent component = component(GRANT);
    assertThat(gate).isNotNull();

    component.deactivate();

    assertThat(gate).isNull();
  }

  private ConsentComponent component(String... grants) {
    registry.add(
        new Thing(
            new ThingId("front"), "front", new PartyId("alice"), new Position(52.8, 5.3, null)));
    return new ConsentComponent(framework(), config(grants), registry);
  }

  private @Nullable Decision answer() {
    return gate == null ? null : gate.mayLeave(pm25, CITY, 0);
  }

  /** Of the framework, what registering one service takes. */
  private BundleContext framework() {
    ServiceRegistration<?> registration =
        fake(
            ServiceRegistration.class,
            "unregister",
            arguments -> {
              gate = null;
              return null;
            });
    return fake(
        BundleContext.class,
        "registerService",
        arguments -> {
          assertThat(arguments[0]).isEqualTo(Consent.class);
          gate = (Consent) arguments[1];
          firstAnswer = answer();
          return registration;
        });
  }

  private static ConsentComponent.Config config(String... grants) {
    return fake(ConsentComponent.Config.class, "grants", arguments -> grants);
  }

  private static <T> T fake(Class<T> type, String only, Function<Object[], Object> does) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!method.getName().equals(only)) {
                throw new UnsupportedOperationException(method.getName());
              }
              return does.apply(arguments);
            }));
  }
}
