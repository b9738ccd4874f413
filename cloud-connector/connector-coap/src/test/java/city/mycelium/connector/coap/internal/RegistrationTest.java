package city.mycelium.connector.coap.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** RFC 9176, 5, at directories that answer, in a time that the test turns by hand. */
class RegistrationTest {

  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final long PATIENCE_MILLIS = 20_000;

  @TempDir Path directory;
  private final Configuration configuration =
      new DatagramSetup(Setup.udp(1).settings()).configuration();
  private CoapEndpoint endpoint;
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final Deque<Duration> delays = new ArrayDeque<>();
  private boolean mute;

  /** Asks at once and waits for the answer. */
  private final Asking asking =
      new Asking() {
        @Override
        public void ask(CoapAddress server, Request request, Consumer<@Nullable Response> heard) {
          if (mute) {
            heard.accept(null);
            return;
          }
          request.setDestinationContext(
              new AddressEndpointContext(new InetSocketAddress("127.0.0.1", server.port())));
          endpoint.sendRequest(request);
          try {
            heard.accept(request.waitForResponse(PATIENCE_MILLIS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }

        @Override
        public void askWhenThereIsRoom(
            CoapAddress server, Request request, Consumer<@Nullable Response> heard) {
          ask(server, request, heard);
        }

        @Override
        public void later(Duration delay, Runnable task) {
          delays.add(delay);
          later.add(task);
        }
      };

  @BeforeEach
  void open() throws IOException {
    endpoint = CoapEndpoint.builder().setConfiguration(configuration).build();
    endpoint.start();
  }

  @AfterEach
  void close() {
    endpoint.destroy();
  }

  private Registration at(CoapAddress rd) {
    return new Registration(
        new Directory(rd, "gateway&co", LIFETIME),
        asking,
        "city",
        LoggerFactory.getLogger("registration"));
  }

  @Test
  void itIsRefreshedBeforeItsLifetimeIsOver() {
    try (CityDirectory rd = new CityDirectory(configuration)) {
      Registration registration = at(rd.address());
      registration.begin();
      assertThat(rd.known()).isEqualTo("1=gateway&co");
      for (int i = 0; i < 4; i++) {
        assertThat(delays.peek()).isLessThan(LIFETIME);
        rd.passes(delays.remove());
        later.remove().run();
        assertThat(rd.known()).isEqualTo("1=gateway&co"); // the same entry
      }
      registration.end(() -> {});
      assertThat(rd.known()).isEmpty();
    }
  }

  @Test
  void whereItWasForgottenItIsMadeAnew() {
    try (CityDirectory rd = new CityDirectory(configuration)) {
      Registration registration = at(rd.address());
      registration.begin();
      rd.passes(LIFETIME); // the control: without a word it ends
      assertThat(rd.known()).isEmpty();
      later.remove().run();
      assertThat(rd.known()).isEqualTo("2=gateway&co");
      rd.forget();
      later.remove().run();
      assertThat(rd.known()).isEqualTo("3=gateway&co");
    }
  }

  @Test
  void whereNobodyAnswersItIsTriedEachMinute() {
    try (CityDirectory rd = new CityDirectory(configuration)) {
      Registration registration = at(rd.address());
      registration.begin();
      later.remove();
      delays.clear();
      mute = true;
      registration.begin();
      assertThat(delays).containsExactly(Duration.ofMinutes(1));
      mute = false;
      rd.forget();
      later.remove().run();
      assertThat(rd.known()).isEqualTo("2=gateway&co");
    }
  }

  // libcoap's directory takes no refresh (4.05): then the gateway registers again.
  @Test
  void atLibcoapsDirectoryItIsThereAfterARefreshAndAfterARestart() {
    try (LibcoapServer rd = LibcoapServer.directory(directory)) {
      Registration registration = at(CoapAddress.parse("coap://127.0.0.1:" + rd.port() + "/rd"));
      registration.begin();
      assertThat(rd.kept(".well-known/core")).contains("</rd/");
      later.remove().run();
      assertThat(rd.said()).contains("c:4.05");
      assertThat(rd.kept(".well-known/core")).contains("</rd/");
      rd.restart();
      assertThat(rd.kept(".well-known/core")).contains("</rd>").doesNotContain("</rd/");
      later.remove().run();
      assertThat(rd.kept(".well-known/core")).contains("</rd/");
    }
  }
}
