package city.mycelium.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.OffsetRange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A journal that contradicts what a Destination believes must not be asked the same for ever. */
class ContradictionTest {

  private final Rig rig = new Rig();
  private int contradictions;

  private Journal contradicting() {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("advance") && contradictions > 0) {
                contradictions--;
                return CompletableFuture.failedFuture(
                    new JournalException(JournalException.Reason.CONFLICT, "the test says no"));
              }
              try {
                return method.invoke(rig.journal, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void whatIsContradictedOnceIsTriedAgainAtOnce() throws Exception {
    rig.offered = contradicting();
    rig.observe("kit/T", 10);
    rig.start();
    rig.connect();
    contradictions = 1;
    rig.acknowledge(1, 10);
    assertThat(rig.position()).isEqualTo(10);
    assertThat(rig.covers()).hasSize(1);
  }

  @Test
  void whatIsContradictedTwiceIsForgottenAndGoesOutAgain() throws Exception {
    rig.offered = contradicting();
    rig.observe("kit/T", 10);
    rig.start();
    rig.connect();
    contradictions = 2;
    rig.acknowledge(1, 10);
    assertThat(rig.position()).isZero();
    rig.scheduler.pass(Rig.MINUTE);
    assertThat(rig.covers()).contains(new OffsetRange(1, 10)).hasSizeGreaterThan(1);
    rig.acknowledge(1, 10);
    assertThat(rig.position()).isEqualTo(10);
    assertThat(rig.tally().delivered()).isEqualTo(10);
  }
}
