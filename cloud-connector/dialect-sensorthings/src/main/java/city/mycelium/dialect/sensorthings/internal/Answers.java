package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.PlatformWords;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.json.JsonException;
import city.mycelium.json.JsonObject;
import city.mycelium.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What follows from what the server said: the next message, or an outcome per row. */
final class Answers {

  /** A server that pages without end is not believed for ever. */
  private static final long MOST_PAGES = 50;

  private final Steps steps;

  Answers(Steps steps) {
    this.steps = steps;
  }

  void answered(DialectEvent.Answered answered) {
    JsonObject tag = tag(answered.tag());
    Answer answer = answered.answer();
    OffsetRange covers = answered.covers();
    List<JsonObject> rows = tag.objectsOrEmpty(Steps.ROWS);
    switch (String.valueOf(tag.get(Steps.DO))) {
      case Steps.HIGHEST -> highest(answer);
      case Steps.FIND -> found(tag.objectsOrEmpty(Steps.PLAN), answer);
      case Steps.MAKE -> made(tag.objectsOrEmpty(Steps.PLAN), answer);
      default -> {
        if (covers != null) {
          rows(tag, rows, covers, answer);
        }
      }
    }
  }

  /** Only ever given what {@link Steps} made. */
  private static JsonObject tag(String text) {
    try {
      return JsonReader.object(text);
    } catch (JsonException e) {
      throw new IllegalArgumentException("not what was written", e);
    }
  }

  private void rows(JsonObject tag, List<JsonObject> rows, OffsetRange covers, Answer answer) {
    switch (String.valueOf(tag.get(Steps.DO))) {
      case Steps.ASK -> asked(tag, rows, covers, answer);
      case Steps.WINDOW -> window(tag, rows, covers, answer);
      case Steps.ROWS -> posted(tag, rows, covers, answer);
      default -> patched(tag, rows, covers, answer);
    }
  }

  private void highest(Answer answer) {
    list(answer)
        .ifPresent(
            page -> {
              long highest = 0;
              for (JsonObject observation : page.objectsOrEmpty("value")) {
                highest = Math.max(highest, offset(observation));
              }
              steps.memory.sureOf(highest);
            });
  }

  private void found(List<JsonObject> plan, Answer answer) {
    Optional<JsonObject> page = list(answer);
    if (page.isEmpty()) {
      steps.stop("the platform does not say what it has of ours: " + words(answer));
      return;
    }
    List<JsonObject> values = page.get().objectsOrEmpty("value");
    if (values.isEmpty()) {
      steps.create(plan);
      return;
    }
    learn(plan, id(values.get(0)), answer);
  }

  private void made(List<JsonObject> plan, Answer answer) {
    if (!(answer instanceof Answer.Replied replied) || replied.status() != 201) {
      steps.stop("the platform does not take " + plan.get(0).get("key") + ": " + words(answer));
      return;
    }
    Optional<String> id =
        Optional.ofNullable(replied.headers().get("location")).flatMap(Paths::lastId);
    learn(plan, id.or(() -> id(JsonObject.orEmpty(body(replied)))), answer);
  }

  private void learn(List<JsonObject> plan, Optional<String> id, Answer answer) {
    if (id.isEmpty()) {
      steps.stop("the platform does not tell the id of " + plan.get(0).get("key") + words(answer));
      return;
    }
    steps.memory.learn(String.valueOf(plan.get(0).get("key")), id.get());
    steps.make(plan.subList(1, plan.size()));
  }

  /** What is there is delivered, whoever sent it; the rest goes. */
  private void asked(JsonObject tag, List<JsonObject> rows, OffsetRange covers, Answer answer) {
    Optional<JsonObject> page = list(answer);
    if (page.isEmpty()) {
      steps.back(tag);
      steps.again(rows, "the platform does not say what it has: " + words(answer));
      return;
    }
    Set<Long> there = new HashSet<>();
    page.get().objectsOrEmpty("value").forEach(observation -> there.add(offset(observation)));
    List<JsonObject> left = new ArrayList<>();
    for (JsonObject row : rows) {
      if (there.contains(Rows.offset(row))) {
        steps.delivered(Rows.offset(row));
      } else {
        left.add(row);
      }
    }
    Object next = page.get().get("@iot.nextLink");
    if (left.isEmpty()) {
      steps.back(tag);
    } else if (next == null) {
      steps.post(left, covers, String.valueOf(tag.get(Steps.OUT)));
    } else {
      next(tag, left, covers, next.toString());
    }
  }

  private void next(JsonObject tag, List<JsonObject> left, OffsetRange covers, String link) {
    long number = tag.get(Steps.PAGE) instanceof Number page ? page.longValue() : 1;
    Optional<String> channel = Paths.below(link, "Observations");
    if (channel.isPresent() && number < MOST_PAGES) {
      try {
        steps.ask(left, covers, channel.get(), number + 1, String.valueOf(tag.get(Steps.OUT)));
        return;
      } catch (IllegalArgumentException e) {
        // Not a link that can be followed: said below.
      }
    }
    steps.back(tag);
    steps.again(left, "the platform's list has no end that can be reached: " + link);
  }

  private void window(JsonObject tag, List<JsonObject> rows, OffsetRange covers, Answer answer) {
    JsonObject row = rows.get(0);
    Optional<JsonObject> page = list(answer);
    if (page.isEmpty()) {
      steps.back(tag);
      steps.again(rows, "the platform does not say what it has: " + words(answer));
      return;
    }
    List<JsonObject> there = page.get().objectsOrEmpty("value");
    if (there.isEmpty()) {
      steps.post(rows, covers, String.valueOf(tag.get(Steps.OUT)));
      return;
    }
    Optional<String> id = id(there.get(0));
    if (Rows.revision(there.get(0)) >= Rows.revision(row)) { // the highest wins
      steps.back(tag);
      steps.delivered(Rows.offset(row));
    } else if (id.isPresent()) {
      steps.patch(id.get(), row, covers);
    } else {
      steps.back(tag);
      steps.again(rows, "the platform does not tell the id of what is to be corrected");
    }
  }

  private void patched(JsonObject tag, List<JsonObject> rows, OffsetRange covers, Answer answer) {
    steps.back(tag);
    if (answer instanceof Answer.Replied replied && replied.status() < 200) {
      steps.again(rows, noProof());
      return;
    }
    usual(rows, covers, answer);
  }

  /** An answer per row: OGC 18-088, 10.4.5, the link of the new Observation, or "error". */
  private void posted(JsonObject tag, List<JsonObject> rows, OffsetRange covers, Answer answer) {
    steps.back(tag);
    if (!(answer instanceof Answer.Replied replied)
        || (replied.status() >= 200 && !replied.isSuccess())) {
      if (answer instanceof Answer.Replied lost && lost.status() == 404) {
        steps.memory.forgetIds();
      }
      usual(rows, covers, answer);
      return;
    }
    List<?> each = body(replied) instanceof List<?> list ? list : List.of();
    if (replied.status() < 200) {
      steps.again(rows, noProof());
      return;
    }
    if (each.size() != rows.size()) {
      steps.again(
          rows,
          "the platform answers "
              + replied.status()
              + " but not for each row, so it is asked what it has");
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      row(Rows.offset(rows.get(i)), String.valueOf(each.get(i)));
    }
  }

  private void row(long offset, String said) {
    if (!said.toLowerCase(Locale.ROOT).startsWith("error")) {
      steps.delivered(offset);
    } else if (said.contains("Datastream")) { // it lost what it had: tell it anew
      steps.memory.forgetIds();
      steps.again(offset, "the platform says: " + cut(said));
    } else {
      steps.rejected(offset, "the platform says: " + cut(said));
    }
  }

  private static String noProof() {
    return "an MQTT broker's acknowledgement is no proof that a SensorThings server stored"
        + " anything: use the connector http";
  }

  private void usual(List<JsonObject> rows, OffsetRange covers, Answer answer) {
    boolean isAtFault =
        answer instanceof Answer.Replied replied
            && (replied.status() == 400 || replied.status() == 415 || replied.status() == 422);
    if (rows.size() > 1 && isAtFault) { // one spoils all: halves will tell which
      steps.outcomes.add(new Outcome.TooLarge(covers, words(answer)));
      return;
    }
    for (JsonObject row : rows) {
      long offset = Rows.offset(row);
      Outcome outcome = Outcome.usual(steps.link, new OffsetRange(offset, offset), answer);
      if (outcome instanceof Outcome.TooLarge large) {
        steps.outcomes.add(new Outcome.TooLarge(covers, large.why()));
        return;
      }
      steps.outcomes.add(outcome);
    }
  }

  /** A list as a server gives it: 200 and an object with {@code value}. */
  private static Optional<JsonObject> list(Answer answer) {
    if (answer instanceof Answer.Replied replied && replied.status() == 200) {
      JsonObject page = JsonObject.orEmpty(body(replied));
      if (page.get("value") instanceof List<?>) {
        return Optional.of(page);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object body(Answer.Replied replied) {
    try {
      return JsonReader.value(replied.body());
    } catch (JsonException e) { // then it said nothing that we understand
      return null;
    }
  }

  private static Optional<String> id(JsonObject entity) {
    Object id = entity.get("@iot.id");
    return id == null ? Optional.empty() : Paths.id(id);
  }

  /** Of ours, by its parameters; 0 if it is not. */
  private long offset(JsonObject observation) {
    JsonObject parameters = observation.objectOrEmpty(Rows.PARAMETERS);
    boolean isOurs =
        steps.link.gateway().value().equals(parameters.get("gateway"))
            && Identity.epochText(steps.link.epoch()).equals(parameters.get("epoch"));
    return isOurs && parameters.get(Rows.OFFSET) instanceof Number number ? number.longValue() : 0;
  }

  private static String words(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return "it answers " + replied.status() + PlatformWords.of(replied);
    }
    if (answer instanceof Answer.Refused refused) {
      return refused.why();
    }
    return answer instanceof Answer.TooLarge large ? large.why() : ((Answer.Unknown) answer).why();
  }

  private static String cut(String words) {
    return words.length() > 300 ? words.substring(0, 300) + "…" : words;
  }
}
