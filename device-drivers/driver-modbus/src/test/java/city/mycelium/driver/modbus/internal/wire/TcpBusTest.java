package city.mycelium.driver.modbus.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.DeviceState;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.testkit.Await;
import city.mycelium.testkit.FakeSerialLines;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: with j2mod as the device, and with devices that misbehave. */
@Timeout(60)
class TcpBusTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Question QUESTION = new Question(4, 0, 2, "input register 0x0000");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void somebodyElsesModbusIsUnderstood(boolean rtu) throws Exception {
    int port = freePort();
    ModbusSlave slave =
        ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 2, rtu);
    SimpleProcessImage unit = new SimpleProcessImage(7);
    unit.addInputRegister(new SimpleInputRegister(0x4366));
    unit.addInputRegister(new SimpleInputRegister(0x3334));
    unit.addRegister(new SimpleRegister(0x0102));
    for (int i = 0; i < 10; i++) {
      unit.addDigitalIn(new SimpleDigitalIn(i == 0 || i == 9));
    }
    slave.addProcessImage(7, unit);
    slave.open();
    try (ModbusBus bus = bus(port, rtu)) {
      Await.await("the slave listens", () -> ask(bus, 7, LONG) != null, LONG);

      assertThat(ask(bus, 7, LONG)).isEqualTo("43663334");
      Question holding = new Question(3, 0, 1, "holding register 0x0000");
      assertThat(holding.data(bus.ask(7, holding.pdu(), LONG))).containsExactly(1, 2);
      Question bits = new Question(2, 0, 10, "discrete bit 0x0000");
      assertThat(bits.data(bus.ask(7, bits.pdu(), LONG))).containsExactly(1, 2);
      Question beyond = new Question(4, 40, 2, "input register 0x0028");
      assertThatThrownBy(() -> beyond.data(bus.ask(7, beyond.pdu(), LONG)))
          .hasMessageContaining("the device has no input register 0x0028");
    } finally {
      slave.close();
    }
  }

  @Test
  void aRefusedConnectionIsSaidInWords() throws Exception {
    int port = freePort();
    try (ModbusBus bus = bus(port, false)) {
      unreachable(() -> ask(bus, 1, LONG), "refuses the connection", "tcpPort");
    }
  }

  // Without asking for a name: a test has no network.
  @Test
  void whyAHostIsNotReachedIsSaidInWords() {
    assertThat(SocketLine.why("meter:502", new UnknownHostException("meter")))
        .contains("no address is known for meter:502", "check host");
    assertThat(SocketLine.why("meter:502", new SocketTimeoutException()))
        .contains("meter:502 does not answer", "ping");
    assertThat(SocketLine.why("meter:502", new NoRouteToHostException("No route to host")))
        .contains("cannot be reached (No route to host)");
  }

  @Test
  void aDeviceThatAcceptsAndSaysNothingIsSaidInWords() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ModbusBus bus = bus(silent.getLocalPort(), false)) {
      unreachable(() -> ask(bus, 1, SHORT), "does not answer within 200 ms", "unitId");
    }
  }

  @Test
  void aConnectionThatWasCutIsMadeAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ModbusBus bus = bus(server.getLocalPort(), false)) {
      CompletableFuture<Void> cut = inBackground(() -> server.accept().close());
      unreachable(() -> ask(bus, 1, LONG), "");
      cut.get();

      CompletableFuture<Void> back = inBackground(() -> answer(server.accept()));
      assertThat(ask(bus, 1, LONG)).isEqualTo("43663334");
      back.get();
    }
  }

  @Test
  void closingEndsAQuestionThatWaits() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ModbusBus bus = bus(silent.getLocalPort(), false);
      CompletableFuture<String> asking =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return ask(bus, 1, Duration.ofHours(1));
                } catch (DeviceException e) {
                  return String.valueOf(e.state());
                }
              });
      try (Socket connection = silent.accept()) {
        assertThat(connection.getInputStream().readNBytes(12)).hasSize(12);
        bus.close();
        bus.close();

        assertThat(asking.get()).isEqualTo("UNREACHABLE");
      }
    }
  }

  // Two devices on one bus: what one asks together is not torn apart by the other.
  @Test
  void whatIsAskedTogetherStaysTogether() throws Exception {
    ModbusBus bus = bus(1, false);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    StringBuffer order = new StringBuffer();
    CompletableFuture<Void> first =
        inBackground(
            () ->
                bus.together(
                    () -> {
                      inside.countDown();
                      waitFor(leave);
                      order.append("first ");
                    }));
    inside.await();
    CompletableFuture<Void> second = inBackground(() -> bus.together(() -> order.append("second")));
    leave.countDown();
    first.get();
    second.get();

    assertThat(order).hasToString("first second");
  }

  private static void answer(Socket connection) throws IOException {
    try (connection) {
      byte[] question = connection.getInputStream().readNBytes(12);
      byte[] answer = HexFormat.of().parseHex("000000000007010404" + "43663334");
      answer[0] = question[0];
      answer[1] = question[1];
      connection.getOutputStream().write(answer);
    }
  }

  private static void unreachable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... says) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.state()).isEqualTo(DeviceState.UNREACHABLE))
        .hasMessageContainingAll(says);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> inBackground(Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static ModbusBus bus(int port, boolean rtu) {
    return new ModbusBus(
        new LineAddress.Tcp("127.0.0.1", port, rtu), new FakeSerialLines(), new SystemClock());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static String ask(ModbusBus bus, int unit, Duration atMost) throws DeviceException {
    return HexFormat.of().formatHex(QUESTION.data(bus.ask(unit, QUESTION.pdu(), atMost)));
  }
}
