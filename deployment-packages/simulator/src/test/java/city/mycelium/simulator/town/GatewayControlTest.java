package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.shell.internal.ControlSocket;
import city.mycelium.shell.internal.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the gateway's own end of the socket. */
class GatewayControlTest {

  @TempDir private Path data;

  @Test
  void asksAndIsAnswered() throws IOException {
    Requests requests = new Requests();
    requests.add(new Said("ledger", Map.of("accepted", 7L)));
    try (ControlSocket socket = new ControlSocket(data, requests)) {
      assertThat(socket).isNotNull();
      GatewayControl control = new GatewayControl(data);

      assertThat(control.ask("ledger").getInt("accepted")).isEqualTo(7);
      assertThat(control.ask("ledger").getInt("accepted")).as("and again").isEqualTo(7);
    }
  }

  @Test
  void aGatewayThatSaysNoIsQuoted() throws IOException {
    try (ControlSocket socket = new ControlSocket(data, new Requests())) {
      assertThat(socket).isNotNull();
      assertThatThrownBy(() -> new GatewayControl(data).ask("ledger"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no command 'ledger'");
    }
  }

  @Test
  void nobodyThereIsAnError() {
    assertThatThrownBy(() -> new GatewayControl(data).ask("ledger"))
        .isInstanceOf(IOException.class);
  }

  private record Said(String name, Map<String, Object> answer) implements Command {
    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      return answer;
    }
  }
}
