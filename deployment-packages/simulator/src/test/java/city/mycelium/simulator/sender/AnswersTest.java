package city.mycelium.simulator.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.simulator.kit.PostedValue;
import city.mycelium.simulator.sender.Answers.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

  private static final long NOW = 1_795_000_000_000L;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("answers");
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    write(
        new Answer(
            "a", 1, NOW, 204, List.of(new PostedValue("a/T", 12.34, NOW), value("a/RH", 81.5))));

    assertThat(Answers.read(file).promised())
        .containsExactly(new PostedValue("a/T", 12.34, NOW), value("a/RH", 81.5));
    assertThat(Answers.read(file).devices()).containsExactly("a");
  }

  @Test
  void onlyAnswersOfSuccessArePromises() throws IOException {
    write(
        answer("a", 1, 200, value("a/T", 1)),
        answer("a", 2, 201, value("a/T", 2)),
        answer("a", 3, 204, value("a/T", 3)),
        answer("a", 4, Answer.NONE, value("a/T", 4)),
        answer("a", 5, 400, value("a/T", 5)),
        answer("a", 6, 503, value("a/T", 6)));

    assertThat(Answers.read(file).promised())
        .extracting(PostedValue::value)
        .containsExactly(1.0, 2.0, 3.0);
  }

  /** A kit that timed out and posts again is answered with success, but it is one reading. */
  @Test
  void aBodyThatWasAnsweredTwiceIsPromisedOnce() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1)), answer("a", 1, 204, value("a/T", 1)));

    assertThat(Answers.read(file).promised()).hasSize(1);
  }

  @Test
  void aPromisedValueThatIsNotThereIsMissing() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1.5), value("a/RH", 80)));

    assertThat(Answers.read(file).missingFrom(List.of(new Stored("a/T", NOW, 1.5))))
        .containsExactly(value("a/RH", 80));
    assertThat(
            Answers.read(file)
                .missingFrom(List.of(new Stored("a/T", NOW, 1.5), new Stored("a/RH", NOW, 80))))
        .isEmpty();
  }

  @Test
  void theSameValueOfAnotherDatastreamKeepsNoPromise() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1.5)));

    assertThat(Answers.read(file).missingFrom(List.of(new Stored("b/T", NOW, 1.5)))).hasSize(1);
  }

  @Test
  void twoEqualValuesNeedTwoObservations() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1.5)), answer("a", 2, 204, value("a/T", 1.5)));

    assertThat(Answers.read(file).missingFrom(List.of(new Stored("a/T", NOW, 1.5)))).hasSize(1);
    assertThat(
            Answers.read(file)
                .missingFrom(List.of(new Stored("a/T", NOW, 1.5), new Stored("a/T", NOW, 1.5))))
        .isEmpty();
  }

  @Test
  void aTimeThatTheKitStatedMustBeRight() throws IOException {
    write(answer("a", 1, 204, new PostedValue("a/T", 1.5, NOW)));

    assertThat(Answers.read(file).missingFrom(List.of(new Stored("a/T", NOW + 60_000, 1.5))))
        .hasSize(1);
    assertThat(Answers.read(file).missingFrom(List.of(new Stored("a/T", NOW, 1.5)))).isEmpty();
  }

  @Test
  void aNegativeZeroIsAZero() throws IOException {
    write(answer("a", 1, 204, value("a/T", 0.0)));

    assertThat(Answers.read(file).missingFrom(List.of(new Stored("a/T", NOW, -0.0)))).isEmpty();
  }

  /** Held until adopted, so not in the journal, and rightly so. */
  @Test
  void devicesThatWereNeverAdoptedCanBeLeftOut() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1)), answer("ab", 1, 204, value("ab/T", 2)));

    assertThat(Answers.read(file).without(Set.of("a")).promised())
        .containsExactly(value("ab/T", 2));
    assertThat(Answers.read(file).without(Set.of("a")).devices()).containsExactly("ab");
  }

  @Test
  void goesOnAtTheEndOfTheFile() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1)));
    write(answer("a", 2, 204, value("a/T", 2)));

    assertThat(Answers.read(file).promised()).hasSize(2);
  }

  @Test
  void aLastLineThatWasNotFinishedCountsForNothing() throws IOException {
    write(answer("a", 1, 204, value("a/T", 1)));
    Files.writeString(file, "{\"device\":\"a\",\"bo", StandardOpenOption.APPEND);

    assertThat(Answers.read(file).promised()).hasSize(1);
  }

  @Test
  void aFinishedLineThatMakesNoSenseIsAnError() throws IOException {
    for (String line :
        List.of("", "nonsense", "[]", "{}", "{\"device\":1}", "{\"device\":\"a\",\"body\":1.5}")) {
      Files.writeString(file, line + "\n");
      assertThatThrownBy(() -> Answers.read(file)).as(line).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tenThousandDamagedFilesAreReadOrRefused() throws IOException {
    write(answer("a", 1, 204, new PostedValue("a/T", 1.5, NOW), value("a/RH", 80)));
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(4);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      bytes[bytes.length - 1] = '\n';
      String text = new String(bytes, StandardCharsets.UTF_8);
      try {
        Answers.parse(text);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("answers");
      }
    }
  }

  private void write(Answer... answers) throws IOException {
    try (AnswerLog log = AnswerLog.appendTo(file)) {
      for (Answer answer : answers) {
        log.note(answer);
      }
    }
  }

  private static Answer answer(String device, long body, int status, PostedValue... values) {
    return new Answer(device, body, NOW, status, List.of(values));
  }

  private static PostedValue value(String datastream, double value) {
    return new PostedValue(datastream, value, null);
  }
}
