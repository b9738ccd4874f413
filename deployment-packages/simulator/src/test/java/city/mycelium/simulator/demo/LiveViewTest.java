package city.mycelium.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.simulator.demo.Snapshot.DeviceLine;
import city.mycelium.simulator.demo.Snapshot.Figures;
import city.mycelium.simulator.town.Consents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private static final Figures FIGURES = new Figures(1_834, 1_204, 96, 0, 534, 42);

  private static final List<DeviceLine> DEVICES =
      List.of(
          new DeviceLine(
              "paddenstoel.1001",
              "5.7°C 78% 1014hPa PM2.5 8.0 PM10 13.4 NO2 6.7",
              Duration.ofSeconds(2)),
          new DeviceLine("paddenstoel.1003", Consents.NOTHING.instead(), null),
          new DeviceLine("paddenstoel.1999", "not adopted: 42 readings held", null),
          new DeviceLine("lorawan.0200000000c00001", "occupied", Duration.ofSeconds(5)),
          new DeviceLine("gnss.a", "52.80001° N 5.35002° E", Duration.ofMinutes(3)));

  @Test
  void aPageLooksLikeThis() throws IOException {
    assertThat(LiveView.page(outage(DEVICES))).isEqualTo(golden("page.txt"));
  }

  @Test
  void aPageFitsATerminalHoweverManyDevicesThereAre() {
    List<DeviceLine> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(
          new DeviceLine(
              "a-device-with-a-very-long-name-" + i, "x".repeat(200), Duration.ofDays(99)));
    }

    String page = LiveView.page(outage(many));

    assertThat(page.lines().count()).isLessThanOrEqualTo(24);
    assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(page).contains("and 24 more");
  }

  @Test
  void aLineSaysTheSameInShort() {
    assertThat(LiveView.line(outage(DEVICES)))
        .isEqualTo(
            "00:17  accepted 1834, delivered 1204, backlog 534, withheld 96, held 42, lost 0"
                + "  (the broker is away; the gateway keeps everything)");
  }

  @Test
  void aGatewayThatDoesNotAnswerIsSaidToBeSo() {
    Snapshot dead = new Snapshot(Duration.ZERO, Duration.ofSeconds(30), DEVICES, null, 0, "", "");

    assertThat(LiveView.line(dead)).isEqualTo("00:00  the gateway gives no figures now");
    assertThat(LiveView.page(dead)).contains("the gateway gives no figures now");
  }

  /** Delivered is what the receiver has confirmed: it must hold at least as much. */
  @Test
  void whatIsCalledDeliveredAndNotHeldIsLost() {
    assertThat(
            new Snapshot(Duration.ZERO, Duration.ofSeconds(30), DEVICES, FIGURES, 1_200, "", "")
                .lost())
        .isEqualTo(4);
    assertThat(
            new Snapshot(Duration.ZERO, Duration.ofSeconds(30), DEVICES, FIGURES, 1_300, "", "")
                .lost())
        .isZero();
  }

  /** However long what is wrong with them is. */
  @Test
  void platformsBesideTheReceiverHaveALineOfTheirOwn() {
    String words = "coap: 12 delivered, 3 waiting (" + "long ".repeat(30) + ")";

    String page = LiveView.page(outage(Collections.nCopies(40, DEVICES.get(0)), words));

    assertThat(page).contains("  also at coap: 12 delivered, 3 waiting (");
    assertThat(page.lines().count()).isLessThanOrEqualTo(23);
    assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(LiveView.line(outage(DEVICES, "coap: 12 delivered, 3 waiting")))
        .contains("lost 0; also at coap: 12 delivered, 3 waiting  (the broker");
  }

  private static Snapshot outage(List<DeviceLine> devices) {
    return outage(devices, "");
  }

  private static Snapshot outage(List<DeviceLine> devices, String further) {
    return new Snapshot(
        Duration.ofSeconds(17),
        Duration.ofSeconds(30),
        devices,
        FIGURES,
        1_210,
        further,
        "the broker is away; the gateway keeps everything");
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = LiveViewTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
