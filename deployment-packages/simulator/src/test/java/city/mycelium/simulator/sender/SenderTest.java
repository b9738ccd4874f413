package city.mycelium.simulator.sender;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.kit.Kit;
import city.mycelium.simulator.kit.Post;
import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderTest {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private final LeapingClock clock = LeapingClock.at("2026-11-23T12:00:00Z");
  private final HandScheduler scheduler = new HandScheduler(clock);
  private final FakeGateway gateway = new FakeGateway();
  private AnswerLog log;

  @BeforeEach
  void begin() throws IOException {
    log = AnswerLog.appendTo(folder.resolve("answers"));
  }

  @AfterEach
  void end() throws IOException {
    log.close();
  }

  @Test
  void postsWhatItMeasuresEveryPeriod() throws IOException {
    start(Sender.Patience.ENDLESS);

    scheduler.pass(Duration.ofSeconds(25));

    assertThat(gateway.bodies).containsExactly("1", "2", "3");
    assertThat(promised()).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void aPostWithoutAnAnswerIsSentAgainUnchangedUntilItHasOne() throws IOException {
    gateway.answers.addAll(List.of(Answer.NONE, 503, 204));
    start(Sender.Patience.ENDLESS);

    scheduler.pass(Duration.ofSeconds(5));

    assertThat(gateway.bodies).containsExactly("1", "1", "1");
    assertThat(promised()).containsExactly(1.0);
  }

  @Test
  void whatWasMeasuredMeanwhileFollowsInOrder() throws IOException {
    gateway.down = true;
    start(Sender.Patience.ENDLESS);
    scheduler.pass(Duration.ofSeconds(35));
    gateway.down = false;
    gateway.bodies.clear();

    scheduler.pass(Duration.ofSeconds(2));

    assertThat(gateway.bodies).containsExactly("1", "2", "3", "4");
    assertThat(promised()).containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  /** The same body would be wrong again. */
  @Test
  void aRefusedPostIsNotSentAgainAndPromisesNothing() throws IOException {
    gateway.answers.add(400);
    start(Sender.Patience.ENDLESS);

    scheduler.pass(Duration.ofSeconds(15));

    assertThat(gateway.bodies).containsExactly("1", "2");
    assertThat(promised()).containsExactly(2.0);
  }

  @Test
  void anImpatientKitPostsTheSameBodyTwiceAndIsPromisedItOnce() throws IOException {
    start(() -> false);

    scheduler.pass(Duration.ofSeconds(5));

    assertThat(gateway.bodies).containsExactly("1", "1");
    assertThat(promised()).containsExactly(1.0);
  }

  @Test
  void aFullMemoryForgetsTheOldest() throws IOException {
    gateway.down = true;
    start(Sender.Patience.ENDLESS);
    scheduler.pass(PERIOD.multipliedBy(1_005));
    gateway.down = false;
    gateway.bodies.clear();

    scheduler.pass(Duration.ofSeconds(2));

    assertThat(gateway.bodies).hasSize(1_000).startsWith("7");
  }

  private void start(Sender.Patience patience) {
    new Sender(new CountingKit(), patience, gateway, log, clock, scheduler).start(Duration.ZERO);
  }

  private List<Double> promised() throws IOException {
    return Answers.read(folder.resolve("answers")).promised().stream()
        .map(PostedValue::value)
        .toList();
  }

  private static final class CountingKit implements Kit {
    private int count;

    @Override
    public String device() {
      return "kit.1";
    }

    @Override
    public Duration period() {
      return PERIOD;
    }

    @Override
    public List<Post> measure(long epochMillis) {
      count++;
      return List.of(
          new Post("/", Map.of(), "" + count, List.of(new PostedValue("kit.1/n", count, null))));
    }
  }

  /** Answers as it is told, else with 204; remembers every body that it was sent. */
  private static final class FakeGateway implements Carrier {
    private final List<String> bodies = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private boolean down;

    @Override
    public int post(Post post) throws IOException {
      bodies.add(post.body());
      int status = answers.isEmpty() ? 204 : answers.removeFirst();
      if (down || status == Answer.NONE) {
        throw new IOException("nobody there");
      }
      return status;
    }

    @Override
    public void postAndHangUp(Post post) {
      bodies.add(post.body());
    }
  }
}
