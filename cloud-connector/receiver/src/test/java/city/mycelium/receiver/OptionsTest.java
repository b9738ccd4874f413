package city.mycelium.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void aBrokerIsEnough() {
    Options options = Options.parse("--mqtt-url", "ssl://broker.example:8883");

    assertThat(options.broker().clientId()).isEqualTo("mycelium-receiver");
    assertThat(options.database()).hasToString("jdbc:sqlite:mycelium-receiver.db");
    assertThat(options.topics().dataFilter()).isEqualTo("mycelium/1/+/+/data");
    // Safe by default: what it holds is for this machine only.
    assertThat(options.http().getAddress().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                | --mqtt-url is needed",
        "--mqtt-url                                        | needs a value",
        "--mqtt-url broker                                 | tcp://host:port",
        "--mqtt-url http://broker:80                       | tcp://host:port",
        "--mqtt-url tcp://broker                           | tcp://host:port",
        "--mqtt-url tcp://b:1 --mqtt-url tcp://b:2         | twice",
        "--mqtt-url tcp://b:1 --verbose                    | no option '--verbose'",
        "--mqtt-url tcp://b:1 --http-port http             | 0 to 65535",
        "--mqtt-url tcp://b:1 --http-port 65536            | 0 to 65535",
        "--mqtt-url tcp://b:1 --topic-root a/#             | topic root",
        "--mqtt-url tcp://b:1 --db jdbc:oracle:thin        | PostgreSQL",
        "--mqtt-url tcp://b:1 --password-file secret.txt   | needs a user name"
      })
  void saysWhatIsWrongWithACommandLine(String line, String words) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> Options.parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void helpFitsAScreen() {
    String[] lines = Options.HELP.split("\n");
    assertThat(lines).hasSizeLessThanOrEqualTo(24);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }
}
