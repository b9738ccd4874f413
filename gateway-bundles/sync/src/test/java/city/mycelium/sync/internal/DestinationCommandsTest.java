package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.dialect.Link.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DestinationCommandsTest {

  /** For each layer: nothing here takes long, unless it hangs. */
  private static final Duration SHORT = Duration.ofMillis(500);

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

  /** One that runs, whose connector and platform say what the test wants. */
  private final class Reached implements Destinations.Configured {
    private final DestinationSync sync;
    Supplier<List<Check>> layers = () -> List.of(new Check("name", true, "it is known"));
    Answer answer = new Answer.Replied(200, new byte[] {1});
    final List<String> asked = new CopyOnWriteArrayList<>();

    Reached(DestinationSync sync) {
      this.sync = sync;
      destinations.add("hub", this);
    }

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
      return layers.get();
    }

    @Override
    public Answer ask(Message question, Duration patience) {
      asked.add(question.channel());
      return answer;
    }
  }

  private Map<String, Object> test(String... publish) throws Exception {
    Map<String, String> arguments =
        publish.length == 0
            ? Map.of("destination", "hub")
            : Map.of("destination", "hub", "publish", "true");
    return Stepper.stepping(
        rig.scheduler, () -> new TestDestination(destinations, SHORT).run(arguments));
  }

  private static Map<?, ?> row(Map<String, Object> answer, String layer) {
    return ((List<?>) answer.get("checks"))
        .stream()
            .map(row -> (Map<?, ?>) row)
            .filter(row -> layer.equals(row.get("layer")))
            .findFirst()
            .orElseThrow();
  }

  private Reached reached() {
    DestinationSync sync = running();
    rig.deliverAll();
    return new Reached(sync);
  }

  @Test
  void testSaysASentencePerLayerAndWhetherAllOfThemWork() throws Exception {
    Reached reached = reached();
    rig.platform.answersAtOnce = true;
    Map<String, Object> answer = test();
    assertThat(((List<?>) answer.get("checks")).stream().map(row -> ((Map<?, ?>) row).get("layer")))
        .isEqualTo(List.of("configuration", "name", "data", "publish", "read back"));
    assertThat(answer).containsEntry("sound", true);
    assertThat(row(answer, "data").get("found").toString())
        .contains("10 offsets are done with, 0 wait; the last one was delivered at 2026-11-23T12:");
    assertThat(row(answer, "publish").get("found").toString())
        .startsWith("published 1 observation again (kit/T of ");
    assertThat(row(answer, "read back").get("found")).isEqualTo("it says so");
    assertThat(reached.asked).containsExactly("held/10");
  }

  @Test
  void onePausedIsNotSoundAndNothingIsPublished() throws Exception {
    reached();
    run("destination pause", Map.of("destination", "hub"));
    Map<String, Object> answer = test();
    assertThat(answer).containsEntry("sound", false);
    assertThat(row(answer, "publish").toString()).contains("it is paused").doesNotContain("works");
    assertThat(rig.platform.sent).hasSize(1);
  }

  @Test
  void aLayerThatFailsKeepsTheHigherOnesFromBeingTried() throws Exception {
    Reached reached = reached();
    reached.layers = () -> List.of(new Check("login", false, "the password is wrong"));
    Map<String, Object> answer = test();
    assertThat(answer).containsEntry("sound", false);
    assertThat(row(answer, "publish").toString()).contains("first mend what does not work above");
    assertThat(row(answer, "publish").containsKey("works")).isFalse();
    assertThat(rig.platform.sent).hasSize(1);
    assertThat(reached.asked).isEmpty();
  }

  @Test
  void whatThePlatformDoesNotShowIsAFailure() throws Exception {
    Reached reached = reached();
    rig.platform.answersAtOnce = true;
    reached.answer = new Answer.Replied(200, new byte[0]);
    Map<String, Object> answer = test();
    assertThat(row(answer, "read back").get("works")).isEqualTo(false);
    assertThat(answer).containsEntry("sound", false);
  }

  // A login that may write and not read is a good one.
  @Test
  void aPlatformThatMayNotBeAskedIsNoFailure() throws Exception {
    Reached reached = reached();
    rig.platform.answersAtOnce = true;
    reached.answer = new Answer.Refused("may not (403)", false);
    Map<String, Object> answer = test();
    assertThat(answer).containsEntry("sound", true);
    assertThat(row(answer, "read back").toString())
        .contains("could not be asked: may not (403)")
        .doesNotContain("works");
  }

  @Test
  void oneThatCannotBeAskedIsSaidPlainly() throws Exception {
    Reached reached = reached();
    rig.platform.answersAtOnce = true;
    rig.platform.canBeAsked = false;
    // Our receiver's acknowledgement is more than any question could bring.
    assertThat(row(test(), "read back").get("found").toString()).contains("what it has stored");
    rig.proof = Proof.ANSWER;
    DestinationSync again = rig.restart();
    rig.platform.answersAtOnce = true;
    rig.platform.canBeAsked = false;
    rig.connect();
    rig.observeNow("kit/T", 10);
    rig.scheduler.pass(Rig.MINUTE);
    new Reached(again);
    assertThat(row(test(), "read back").toString())
        .contains("the platform offers no way to ask")
        .doesNotContain("works");
    assertThat(reached.asked).isEmpty();
  }

  @Test
  void aConnectorThatHangsDoesNotHangTheTest() throws Exception {
    Reached reached = reached();
    CountDownLatch never = new CountDownLatch(1);
    reached.layers =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    assertThat(row(test(), "connection").get("found").toString()).contains("something on the way");
    never.countDown();
  }

  // An error of before the last delivery holds up nothing.
  @Test
  void whatWaitsIsHeldUpOnlyByAnErrorThatCameAfterTheLastDelivery() throws Exception {
    DestinationSync sync = running();
    rig.platform.disconnect();
    rig.scheduler.runDue();
    rig.clock.leap(Rig.MINUTE);
    rig.connect();
    rig.deliverAll();
    rig.observeNow("kit/T", 3);
    new Reached(sync);
    assertThat(sync.lastError()).isNotEmpty();
    assertThat(row(test(), "data").toString()).contains("works=true", "3 wait");
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
