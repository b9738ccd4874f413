package city.mycelium.cli;

import city.mycelium.api.control.CommandException;
import city.mycelium.clock.internal.SystemClock;
import city.mycelium.driver.i2c.internal.I2cScan;
import city.mycelium.shell.internal.Requests;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Words about I²C buses. */
final class I2cWords {

  private I2cWords() {}

  /**
   * Who is on a bus, from a running gateway, else by a look of our own: a technician looks before
   * there is any configuration.
   */
  static JsonObject scan(Question question, Optional<Gateway> running)
      throws CommandException, IOException {
    if (running.isPresent()) {
      try (Gateway gateway = running.get()) {
        return gateway.ask(question.command(), question.arguments());
      }
    }
    I2cScan scan =
        I2cScan.withoutGateway(new SystemClock(), LoggerFactory.getLogger(I2cWords.class));
    return Requests.toJson(scan.run(question.arguments().getOrDefault("bus", "")));
  }
}
