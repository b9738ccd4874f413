package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.JournalException;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a process of its own that is killed with SIGKILL. */
class KilledJournalTest {

  @TempDir private Path temp;

  // The promise: a receipt survives a kill, state and cursor stay in step with what was appended.
  @Test
  void whatHadAReceiptIsThereAfterEveryKill() throws Exception {
    Random random = new Random(1);
    Map<Long, Long> receipts = new HashMap<>();
    for (int round = 0; round < 5; round++) {
      receipts.putAll(runAndKillAfter(1 + random.nextInt(400)));
      try (SqliteJournal journal = SqliteJournal.open(temp, JournalOptions.DEFAULT)) {
        assertNothingIsLost(journal, receipts);
      }
    }
    assertThat(receipts).hasSizeGreaterThan(100);
  }

  @Test
  void aSecondProcessIsRefusedInWords() throws Exception {
    Process other = start();
    try {
      assertThat(reader(other).readLine()).isNotNull();
      assertThatThrownBy(() -> SqliteJournal.open(temp, JournalOptions.DEFAULT))
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.CLOSED))
          .hasMessageContaining("open in another process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    SqliteJournal.open(temp, JournalOptions.DEFAULT).close();
  }

  private static void assertNothingIsLost(SqliteJournal journal, Map<Long, Long> receipts)
      throws JournalException {
    List<Observation> all = journal.read(0, Integer.MAX_VALUE);
    assertThat(all).hasSize((int) journal.lastOffset());

    Map<Long, Long> values = new HashMap<>();
    long nextRaw = 0;
    long derivedFrom = 0;
    for (Observation observation : all) {
      long value = (long) ((Result.Measurement) observation.result()).value();
      if (observation.datastream().equals(KilledJournal.RAW)) {
        assertThat(value).as("raw values count up without holes").isEqualTo(nextRaw++);
        values.put(observation.identity().offset(), value);
      } else {
        derivedFrom += value;
      }
    }
    assertThat(values).containsAllEntriesOf(receipts);
    assertThat(journal.accounts().accepted())
        .as("the ledger counts what is there, also what was never counted before the kill")
        .isEqualTo(Map.of(KilledJournal.RAW, nextRaw, KilledJournal.DERIVED, all.size() - nextRaw));
    assertThat(journal.state().get(KilledJournal.STATE, KilledJournal.NEXT))
        .hasValue(ByteBuffer.allocate(Long.BYTES).putLong(nextRaw).array());
    assertThat(journal.cursor(KilledJournal.CURSOR).position())
        .as("what was derived covers what the cursor moved over, once")
        .isEqualTo(derivedFrom);
  }

  /** The receipts that the process printed: the last offset of each, and the value there. */
  private Map<Long, Long> runAndKillAfter(int lines) throws Exception {
    Process process = start();
    Map<Long, Long> receipts = new HashMap<>();
    try (BufferedReader reader = reader(process)) {
      for (int i = 0; i < lines; i++) {
        note(reader.readLine(), receipts);
      }
      // Through its handle: Process.destroyForcibly would close what is still to be read.
      process.toHandle().destroyForcibly();
      // What it printed before it died counts as well; a line that was cut off does not.
      StringBuilder rest = new StringBuilder();
      for (int next = reader.read(); next >= 0; next = reader.read()) {
        rest.append((char) next);
        if (next == '\n') {
          note(rest.toString().strip(), receipts);
          rest.setLength(0);
        }
      }
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
    return receipts;
  }

  private static void note(String line, Map<Long, Long> receipts) {
    String[] parts = line.split(" ");
    receipts.put(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dtinylog.level=off", // its standard output is for receipts alone
            "-cp",
            System.getProperty("java.class.path"),
            KilledJournal.class.getName(),
            temp.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }
}
