package city.mycelium.simulator.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FurtherDestinationsTest {

  private static final String COAP =
      """
      { // as in docs/connect-coap.md
        "city.mycelium.sync.Destination~coap": { "name": "coap", "recipient": "province", "dialect": "senml-json" },
        "city.mycelium.connector.coap~coap": { "destination": "coap", "uri": "coaps://127.0.0.1:5684/city" }
      }
      """;

  @TempDir private Path folder;

  @Test
  void blocksOfAGatewaysConfigurationAreTakenAsTheyAre() throws IOException {
    FurtherDestinations read = read(COAP);

    assertThat(read.names()).containsExactly("coap");
    assertThat(read.recipients()).containsExactly("province");
    assertThat(read.configuration().getJsonObject("city.mycelium.connector.coap~coap"))
        .containsKeys("destination", "uri");
  }

  /** The demo's own grants and devices are what it shows; a file that changes them shows else. */
  @Test
  void whatIsNoDestinationIsRefused() {
    assertRefused("{ \"city.mycelium.consent\": {} }", "neither a Destination");
    assertRefused("{ \"city.mycelium.connector.coap~coap\": {} }", "names no Destination");
    assertRefused("{ \"city.mycelium.sync.Destination~coap\": 1 }", "must be an object");
    assertRefused(COAP.replace("\"recipient\": \"province\", ", ""), "needs a \"recipient\"");
  }

  @Test
  void theNameOfTheDemosOwnDestinationIsTaken() {
    assertRefused(COAP.replace("\"name\": \"coap\"", "\"name\": \"city\""), "another name");
    assertRefused(COAP.replace("Destination~coap", "Destination~city"), "another name");
    assertRefused(
        COAP.replace("\"destination\": \"coap\"", "\"destination\": \"city\""), "another name");
  }

  @Test
  void aFileThatIsNoneOrNotThereIsSaidToBeSo() {
    assertThatThrownBy(() -> read("\"city.mycelium.sync.Destination~coap\": {}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one object with the blocks in it");
    assertThatThrownBy(() -> FurtherDestinations.read(folder.resolve("nowhere.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no file");
  }

  private void assertRefused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private FurtherDestinations read(String text) throws IOException {
    return FurtherDestinations.read(Files.writeString(folder.resolve("also.json"), text));
  }
}
