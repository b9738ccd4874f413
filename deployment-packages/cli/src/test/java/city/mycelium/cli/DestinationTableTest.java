package city.mycelium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class DestinationTableTest {

  private static final String QUIET =
      """
      {'destination':'city','state':'running','connected':true,'position':1782,'pending':0,'inFlight':0,
       'order':'oldest-first','ahead':0,'aheadRanges':0,'urgentWaiting':0,'budget':'none','quarantine':0,
       'replay':'','lastError':''}
      """;
  private static final String BUSY =
      """
      {'destination':'influx','state':'paused','connected':false,'position':9,'pending':1773,'inFlight':12,
       'order':'newest-first','ahead':40,'aheadRanges':2,'urgentWaiting':0,'budget':'hour 12/500000 B',
       'quarantine':1,'replay':'4–9 to go',
       'lastError':'2026-11-26T11:33:07.258Z the platform answers 404: it has no such database; ask whoever looks after it to make one'}
      """;
  private static final String BROKEN =
      "{'destination':'typo','state':'does not run','connected':false,'lastError':'no dialect'}";

  /** A person sees at a glance who needs a look, and why. */
  @Test
  void rowsFitATerminalAndWhatThereIsToSayIsBelow() {
    assertThat(table(QUIET, BUSY, BROKEN))
        .isEqualTo(
            """
            destination  state         connected  position  pending  inFlight  quarantine
            city         running       yes            1782        0         0           0
            influx       paused        no                9     1773        12           1
                order: newest-first
                ahead: 40
                aheadRanges: 2
                budget: hour 12/500000 B
                replay: 4–9 to go
                lastError: 2026-11-26T11:33:07.258Z the platform answers 404: it has no such database; ask
                  whoever looks after it to make one
            typo         does not run  no
                lastError: no dialect
            """);
  }

  /** An address or a file name is there to be copied. */
  @Test
  void noWordIsBroken() {
    String path = "/etc/" + "mycelium/".repeat(20) + "token";

    assertThat(table(QUIET.replace("'lastError':''", "'lastError':'no file " + path + " there'")))
        .contains("\n      " + path + "\n      there\n");
  }

  @Test
  void noDestinationIsSaidToBeNone() {
    assertThat(table()).isEqualTo("(none)\n");
  }

  private static String table(String... destinations) {
    String json = "{'destinations':[" + String.join(",", destinations) + "]}";
    try (var reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      JsonObject answer = reader.readObject();
      return DestinationTable.of(answer);
    }
  }
}
