package city.mycelium.bench.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class SilentServerTest {

  /** MQTT 5, 3.2: CONNACK of five bytes with reason code 0. */
  @Test
  void oneThatGreetsSaysThatItIsConnectedAndNoMore() throws Exception {
    try (SilentServer server = SilentServer.greeting();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write(0x10);
      assertThat(client.getInputStream().readNBytes(5)).containsExactly(0x20, 3, 0, 0, 0);
      client.getOutputStream().write(new byte[100_000]);
      client.shutdownOutput();
      assertThat(client.getInputStream().available()).isZero();
    }
  }

  @Test
  void oneThatIsMuteTakesEverythingAndSaysNothing() throws Exception {
    try (SilentServer server = SilentServer.mute();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.getOutputStream().write(new byte[1_000_000]); // more than any buffer on the way
      assertThat(client.getInputStream().available()).isZero();
    }
  }
}
