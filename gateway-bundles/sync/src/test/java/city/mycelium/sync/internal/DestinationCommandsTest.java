package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Check;
import city.mycelium.api.control.CommandException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DestinationCommandsTest {

  private final Rig rig = new Rig();
  private final Destinations destinations = new Destinations();

  private record Fixed(@Nullable DestinationSync running, String trouble)
      implements Destinations.Configured {}

  private Map<String, Object> run(String name, Map<String, String> arguments) throws Exception {
    return Stepper.stepping(
        rig.scheduler,
        () ->
            DestinationCommands.of(destinations).stream()
                .filter(command -> command.name().equals(name))
                .findAny()
                .orElseThrow()
                .run(arguments));
  }

  private DestinationSync running() {
    rig.observe("kit/T", 10);
    DestinationSync sync = rig.start();
    rig.connect();
    destinations.add("hub", new Fixed(sync, ""));
    return sync;
  }

  @Test
  void listShowsThoseThatDoNotRunAndWhy() throws Exception {
    running();
    destinations.add("old", new Fixed(null, "no dialect 'morse' is here"));
    List<?> rows = (List<?>) run("destination list", Map.of()).get("destinations");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).toString()).contains("destination=hub, state=running, connected=true");
    assertThat(rows.get(1).toString())
        .contains("destination=old, state=does not run", "lastError=no dialect 'morse' is here");
  }

  @Test
  void pausedOneSendsNothingAlsoAfterARestartAndGoesOnWhenItIsResumed() throws Exception {
    running();
    rig.deliverAll();
    run("destination pause", Map.of("destination", "hub"));
    assertThat(rig.platform.closed).isTrue();
    rig.observeNow("kit/T", 10);
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.platform.sent).hasSize(1);

    DestinationSync again = rig.restart();
    destinations.add("hub", new Fixed(again, ""));
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(again.status()).containsEntry("state", "paused").containsEntry("pending", 10L);
    assertThatThrownBy(rig.platform::connect).hasMessage("not opened");
    assertThatThrownBy(() -> run("destination pause", Map.of("destination", "hub")))
        .isInstanceOf(CommandException.class)
        .hasMessage("destination hub is paused already");

    run("destination resume", Map.of("destination", "hub"));
    rig.connect();
    rig.scheduler.pass(Rig.MINUTE);
    rig.deliverAll();
    assertThat(rig.position()).isEqualTo(20);
    rig.restart();
    rig.connect(); // it is forgotten that it was paused
  }

  @Test
  void whatThePausedConnectionStillSaysIsNotHeard() throws Exception {
    DestinationSync sync = running();
    run("destination pause", Map.of("destination", "hub"));
    rig.platform.connect();
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(sync.isConnected()).isFalse();
    assertThat(rig.platform.sent).hasSize(1);
  }

  @Test
  void testSaysASentencePerLayerAndWhetherAllOfThemWork() throws Exception {
    DestinationSync sync = running();
    rig.deliverAll();
    destinations.add(
        "hub",
        new Destinations.Configured() {
          @Override
          public DestinationSync running() {
            return sync;
          }

          @Override
          public String trouble() {
            return "";
          }

          @Override
          public List<Check> probe(Duration patience) {
            return List.of(new Check("name", true, "it is known"));
          }
        });
    Map<String, Object> answer = run("destination test", Map.of("destination", "hub"));
    assertThat(answer).containsEntry("sound", true);
    assertThat(answer.get("checks").toString())
        .contains(
            "layer=configuration, works=true", "layer=name", "10 offsets are done with, 0 wait");
    run("destination pause", Map.of("destination", "hub"));
    assertThat(run("destination test", Map.of("destination", "hub"))).containsEntry("sound", false);
  }

  @Test
  void testOfOneThatDoesNotRunSaysWhy() throws Exception {
    destinations.add("old", new Fixed(null, "no dialect 'morse' is here"));
    Map<String, Object> answer = run("destination test", Map.of("destination", "old"));
    assertThat(answer).containsEntry("sound", false);
    assertThat(answer.get("checks").toString()).contains("found=no dialect 'morse' is here");
  }

  @Test
  void backfillIsAReplay() throws Exception {
    running();
    rig.house.keptBack.add("kit/T");
    rig.deliverAll();
    rig.house.keptBack.clear();
    assertThat(run("destination backfill", Map.of("destination", "hub", "from", "1")))
        .containsEntry("first", 1L)
        .containsEntry("last", 10L);
  }
}
