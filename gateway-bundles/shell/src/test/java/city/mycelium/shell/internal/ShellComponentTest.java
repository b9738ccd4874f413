package city.mycelium.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.observation.GatewayId;
import city.mycelium.testkit.InMemoryJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

@Timeout(30)
class ShellComponentTest {

  @TempDir private Path data;
  private final FakeCommand ping = new FakeCommand("ping", arguments -> Map.of("pong", true));
  private ShellComponent component;

  @BeforeEach
  void activate() throws Exception {
    component =
        new ShellComponent(
            framework(), new InMemoryJournal(new GatewayId("mushroomgatewaymushroom234"), 1));
  }

  @AfterEach
  void deactivate() throws Exception {
    component.deactivate();
  }

  @Test
  void commandsComeAndGoWhileTheSocketStands() throws Exception {
    assertThat(ask("ping")).contains("there is no command 'ping'");

    component.addCommand(ping);
    assertThat(ask("ping")).isEqualTo("{\"ok\":true,\"answer\":{\"pong\":true}}");

    component.removeCommand(ping);
    assertThat(ask("ping")).contains("there is no command 'ping'");
  }

  @Test
  void theSocketGoesWithTheComponent() throws Exception {
    Path socket = data.resolve(ControlSocket.FILE_NAME);
    assertThat(socket).exists();

    component.deactivate();

    assertThat(socket).doesNotExist();
  }

  private String ask(String command) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(data.resolve(ControlSocket.FILE_NAME)))) {
      channel.write(StandardCharsets.UTF_8.encode("{\"command\":\"" + command + "\"}\n"));
      return new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  /** Of the framework, where the data is. */
  private BundleContext framework() {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getProperty");
              return "mycelium.data".equals(arguments[0]) ? data.toString() : null;
            });
  }
}
