package city.mycelium.driver.lorawan.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

  // MQTT 3.1.1, 4.6: PUBACKs in the order of the PUBLISHes.
  @Test
  void whatIsKeptIsAcknowledgedInTheOrderInWhichItCame() {
    List<Integer> sent = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    Acknowledgements acknowledgements = new Acknowledgements(sent::add, failed::add);
    Acknowledgements.Place first = acknowledgements.came(1);
    Acknowledgements.Place second = acknowledgements.came(2);
    Acknowledgements.Place third = acknowledgements.came(3);
    acknowledgements.done(second, null);
    assertThat(sent).isEmpty();
    acknowledgements.done(first, null);
    assertThat(sent).containsExactly(1, 2);
    acknowledgements.done(third, new IllegalStateException("the disk is full"));

    assertThat(sent).containsExactly(1, 2);
    assertThat(failed).containsExactly("the disk is full");
  }
}
