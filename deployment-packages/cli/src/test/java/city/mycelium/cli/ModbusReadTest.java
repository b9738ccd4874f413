package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code mycelium modbus read}, against a device on a socket. */
@Timeout(60)
class ModbusReadTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyRegisterIsShown() throws Exception {
    try (ServerSocket server = device(0x4120)) { // 41200000 is 10.0: 1.25 * 2^3
      assertThat(read(server, "--type", "sdm120")).isZero();
    }

    assertThat(said(out))
        .contains("Eastron SDM120", "voltage", "input register 0x0000 to 0x0001", "41200000")
        .contains("10.0 V", "10000 W.h");
  }

  @Test
  void aDeviceThatIsNotAsItsProfileSaysIsNoSuccess() throws Exception {
    try (ServerSocket server = device(1)) {
      assertThat(read(server, "--type", "seeed-s-soil-mtec-02", "--json")).isNotZero();
    }

    assertThat(said(out)).contains("\"sound\":false", "should be 0: its unit of temperature");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(run("modbus", "read", "--port", "/dev/null")).isEqualTo(2);
    assertThat(said(err)).contains("--type with one of", "sdm630");
    err.reset();
    assertThat(run("modbus", "read", "--type", "sdm120")).isEqualTo(2);
    assertThat(said(err)).startsWith("say where the device is: --port /dev/…, or --host NAME");
    err.reset();
    assertThat(run("modbus", "read", "--type", "sdm120", "--host", "x", "--unit", "300"))
        .isEqualTo(2);
    assertThat(said(err)).startsWith("--unit is a whole number from 0 to 255, not '300'");
  }

  private int read(ServerSocket server, String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {
          "modbus", "read", "--host", "127.0.0.1", "--tcp-port", "" + server.getLocalPort()
        },
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return run(all);
  }

  private int run(String... arguments) {
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of())
        .run(arguments);
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  /** Speaks Modbus TCP; every even register holds this, every odd one 0. */
  private static ServerSocket device(int register) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                for (byte[] q = in.readNBytes(12); q.length == 12; q = in.readNBytes(12)) {
                  socket.getOutputStream().write(answer(q, register));
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static byte[] answer(byte[] question, int register) {
    int count = question[11];
    byte[] answer = new byte[9 + 2 * count];
    System.arraycopy(question, 0, answer, 0, 8);
    answer[5] = (byte) (3 + 2 * count);
    answer[8] = (byte) (2 * count);
    for (int i = 0; i < count; i += 2) {
      answer[9 + 2 * i] = (byte) (register >> 8);
      answer[10 + 2 * i] = (byte) register;
    }
    return answer;
  }
}
