package city.mycelium.connector.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Connector;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.testkit.HandScheduler;
import city.mycelium.testkit.LeapingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileConnectorTest implements Connector.Listener {

  @TempDir Path directory;

  private final HandScheduler scheduler =
      new HandScheduler(LeapingClock.at("2026-11-26T10:00:00Z"));
  private final List<String> heard = new ArrayList<>();
  private Path folder = Path.of("/");
  private Connector.Session session;

  @BeforeEach
  void open() {
    folder = directory.resolve("open data");
    session =
        new FileConnector("open", folder, scheduler, new Random(1))
            .open(Optional::empty, Set.of(), this);
  }

  @Override
  public void connected() {
    heard.add("connected");
  }

  @Override
  public void disconnected(String why) {
    heard.add(why);
  }

  @Override
  public void received(Message message) {
    throw new AssertionError("nothing comes in from a folder");
  }

  private Answer send(Verb verb, String channel, String text) {
    CompletableFuture<Answer> answer =
        session.send(
            Message.post(channel, "text/csv", text.getBytes(StandardCharsets.UTF_8)).by(verb));
    scheduler.runDue();
    return answer.join();
  }

  private static void assertTaken(Answer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Replied.class, replied -> assertThat(replied.status()).isEqualTo(204));
  }

  @Test
  void aFolderThatIsNotThereIsMade() {
    scheduler.runDue();
    assertThat(heard).containsExactly("connected");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileIsPutWholeAndReplaced() throws IOException {
    assertTaken(send(Verb.PUT, "places.geojson", "one, and longer"));
    assertTaken(send(Verb.PUT, "places.geojson", "two"));
    assertThat(folder.resolve("places.geojson")).hasContent("two");
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing unfinished is left").hasSize(1);
    }
    assertThat(send(Verb.GET, "places.geojson", ""))
        .isInstanceOfSatisfying(
            Answer.Replied.class,
            r -> assertThat(new String(r.body(), StandardCharsets.UTF_8)).isEqualTo("two"));
  }

  // A repeat changes nothing; a correction takes the place of what it corrects.
  @Test
  void aRowReplacesTheOneOfItsName() throws IOException {
    assertTaken(send(Verb.PATCH, "2026-11-26.csv", "key,result\r\na,1\r\nb,2\r\n"));
    assertTaken(send(Verb.PATCH, "2026-11-26.csv", "key,result\r\nb,2\r\nc,\"3, and more\"\r\n"));
    assertTaken(send(Verb.PATCH, "2026-11-26.csv", "key,result\r\na,1.5\r\n"));
    assertThat(Files.readString(folder.resolve("2026-11-26.csv")))
        .isEqualTo("key,result\r\na,1.5\r\nb,2\r\nc,\"3, and more\"\r\n");
  }

  @Test
  void rowsOfOtherColumnsAreRefusedForGoodAndTheFileStays() throws IOException {
    send(Verb.PATCH, "day.csv", "key,result\r\na,1\r\n");
    assertThat(send(Verb.PATCH, "day.csv", "key,unit\r\na,m\r\n"))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.permanent()).isTrue();
              assertThat(refused.why()).contains("key,unit", "key,result");
            });
    assertThat(Files.readString(folder.resolve("day.csv"))).isEqualTo("key,result\r\na,1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../etc.csv", "a/../../b", ".hidden", "/etc/passwd", "a//b", "a?b=c"})
  void nothingIsWrittenOutsideOfTheFolder(String channel) {
    assertThat(send(Verb.PUT, channel, "x"))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.permanent()).isTrue());
    assertThat(directory.resolve("etc.csv")).doesNotExist();
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    scheduler.runDue();
    Path secret = Files.writeString(directory.resolve("secret"), "mine");
    Files.createSymbolicLink(folder.resolve("day.csv"), secret);
    assertThat(send(Verb.PUT, "day.csv", "x")).isInstanceOf(Answer.Refused.class);
    assertThat(secret).hasContent("mine");
  }

  // A disk that was pulled out and comes back: nothing is lost, and somebody is told.
  @Test
  void aFolderThatCannotBeWrittenToIsTriedAgain() throws IOException {
    Files.writeString(folder, "a file where the folder should be");
    scheduler.runDue();
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).contains("there is a file where a folder should be");
    assertThat(send(Verb.PUT, "a", "x")).isInstanceOf(Answer.Unknown.class);
    Files.delete(folder);
    scheduler.pass(Duration.ofSeconds(2));
    assertThat(heard.get(heard.size() - 1)).isEqualTo("connected");
    assertTaken(send(Verb.PUT, "a", "x"));
  }

  @Test
  void whatIsToBePostedIsNotForAFolder() {
    assertThat(send(Verb.POST, "data", "x"))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.permanent()).isTrue());
  }

  @Test
  void closingAnswersWhatWaits() {
    scheduler.runDue();
    CompletableFuture<Answer> answer =
        session.send(Message.post("a", "text/csv", new byte[0]).by(Verb.PUT));
    session.close();
    assertThat(answer).isCompleted();
  }
}
