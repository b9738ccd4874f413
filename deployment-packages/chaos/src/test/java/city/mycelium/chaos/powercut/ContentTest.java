package city.mycelium.chaos.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.observation.GatewayId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Were any content taken for intact, a power cut could never fail. */
class ContentTest {

  private static final GatewayId GATEWAY = new GatewayId("mycelium2testkit2gateway2a");

  private static Observation under(long offset, Draft draft) {
    return draft.accepted(new Identity(GATEWAY, 1, offset));
  }

  @Test
  void isIntactOnlyUnderItsOwnOffset() {
    List<Draft> drafts = Content.from(11, 2);

    assertThat(Content.isIntact(under(11, drafts.get(0)))).isTrue();
    assertThat(Content.isIntact(under(12, drafts.get(1)))).isTrue();
    assertThat(Content.isIntact(under(11, drafts.get(1)))).isFalse();
    assertThat(Content.isIntact(under(31, drafts.get(0)))).isFalse(); // the same Datastream
  }

  @Test
  void doesNotDependOnHowItWasWritten() {
    assertThat(Content.from(5, 3)).isEqualTo(List.of(one(5), one(6), one(7)));
  }

  private static Draft one(long offset) {
    return Content.from(offset, 1).get(0);
  }
}
