package city.mycelium.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyLineTest {

  private static final int SOON_MILLIS = 30_000;
  private static final int BRIEFLY_MILLIS = 300;

  private ServerSocket farEnd;
  private FaultyLine line;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    farEnd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    line = FaultyLine.to(farEnd.getLocalPort());
    near = new Socket(InetAddress.getLoopbackAddress(), line.port());
    far = farEnd.accept();
    near.setSoTimeout(SOON_MILLIS);
    far.setSoTimeout(SOON_MILLIS);
  }

  @AfterEach
  void hangUp() throws IOException {
    near.close();
    far.close();
    farEnd.close();
    line.close();
  }

  @Test
  void carriesBytesBothWays() throws IOException {
    near.getOutputStream().write('a');
    assertThat(far.getInputStream().read()).isEqualTo('a');

    far.getOutputStream().write('b');
    assertThat(near.getInputStream().read()).isEqualTo('b');
  }

  @Test
  void aResetIsAResetAtTheNearEnd() {
    line.reset();

    assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  /** The trap of half-open links: the sender sees an open connection and hears nothing. */
  @Test
  void aDeadLineStaysOpenAndNothingGetsThrough() throws IOException {
    line.setDead(true);
    near.getOutputStream().write('a');
    far.setSoTimeout(BRIEFLY_MILLIS);

    assertThatThrownBy(() -> far.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void aLineThatWasDeadCarriesTheNextConnection() throws IOException {
    line.setDead(true);
    line.setDead(false);

    try (Socket next = new Socket(InetAddress.getLoopbackAddress(), line.port());
        Socket nextFar = farEnd.accept()) {
      next.getOutputStream().write('c');
      nextFar.setSoTimeout(SOON_MILLIS);
      assertThat(nextFar.getInputStream().read()).isEqualTo('c');
    }
  }
}
