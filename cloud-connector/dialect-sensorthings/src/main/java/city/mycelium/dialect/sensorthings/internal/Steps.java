package city.mycelium.dialect.sensorthings.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Outcome;
import city.mycelium.api.dialect.Turn.Dispatch;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a turn comes to: messages with their tags, and outcomes. */
final class Steps {

  static final String JSON = "application/json";

  /** Members of a tag. */
  static final String DO = "do";

  static final String HIGHEST = "highest";
  static final String FIND = "find";
  static final String MAKE = "make";
  static final String ASK = "ask";
  static final String ROWS = "rows";
  static final String WINDOW = "window";
  static final String PATCH = "patch";
  static final String PLAN = "plan";
  static final String OUT = "out";
  static final String PAGE = "page";

  final Link link;
  final Memory memory;
  final List<Dispatch> dispatches = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  private boolean saidAgain;

  Steps(Link link, Memory memory) {
    this.link = link;
    this.memory = memory;
  }

  /** Whether nothing is sent that an answer would come to, and nothing is to be sent again. */
  boolean saysNothing() {
    return dispatches.isEmpty() && !saidAgain;
  }

  private static OffsetRange one(long offset) {
    return new OffsetRange(offset, offset);
  }

  void delivered(long offset) {
    outcomes.add(new Outcome.Delivered(link.epoch(), one(offset)));
  }

  void rejected(long offset, String why) {
    outcomes.add(new Outcome.Rejected(one(offset), why));
  }

  void again(long offset, String why) {
    saidAgain = true;
    outcomes.add(new Outcome.SendAgain(one(offset), why));
  }

  void again(Collection<JsonObject> rows, String why) {
    rows.forEach(row -> again(Rows.offset(row), why));
  }

  /** They are under way, until {@link #back}. */
  void out(List<JsonObject> rows) {
    memory.out(range(rows));
    memory.sent(rows.stream().mapToLong(Rows::offset).max().orElseThrow());
  }

  private static String range(List<JsonObject> rows) {
    return rows.stream().mapToLong(Rows::offset).min().orElseThrow()
        + "-"
        + rows.stream().mapToLong(Rows::offset).max().orElseThrow();
  }

  void back(JsonObject tag) {
    memory.back(String.valueOf(tag.get(OUT)));
  }

  private static Map<String, Object> tag(String what, List<JsonObject> rows, String out) {
    Map<String, Object> tag = new LinkedHashMap<>();
    tag.put(DO, what);
    tag.put(OUT, out);
    tag.put(ROWS, rows);
    return tag;
  }

  /** First of all: which of these are there already? */
  void ask(List<JsonObject> rows, OffsetRange covers, String channel, long page) {
    ask(rows, covers, channel, page, range(rows));
  }

  void ask(List<JsonObject> rows, OffsetRange covers, String channel, long page, String out) {
    Map<String, Object> tag = tag(ASK, rows, out);
    tag.put(PAGE, page);
    dispatches.add(new Dispatch(Message.get(channel, JSON), covers, JsonObject.of(tag).toString()));
  }

  void post(List<JsonObject> rows, OffsetRange covers) {
    post(rows, covers, range(rows));
  }

  void post(List<JsonObject> rows, OffsetRange covers, String out) {
    List<JsonObject> ordered = Rows.inOrder(rows);
    dispatches.add(
        new Dispatch(
            Message.post("CreateObservations", JSON, Rows.arrays(ordered)),
            covers,
            JsonObject.of(tag(ROWS, ordered, out)).toString()));
  }

  /** Is there one of this window? */
  void window(JsonObject row, OffsetRange covers) {
    String channel =
        Paths.query(
            "Datastreams(" + row.get(Rows.STREAM) + ")/Observations",
            "parameters/window eq " + Paths.quoted(Rows.window(row).orElseThrow()),
            "&$orderby=" + Paths.encoded("parameters/revision desc") + "&$top=1");
    dispatches.add(
        new Dispatch(
            Message.get(channel, JSON),
            covers,
            JsonObject.of(tag(WINDOW, List.of(row), range(List.of(row)))).toString()));
  }

  void patch(String id, JsonObject row, OffsetRange covers) {
    dispatches.add(
        new Dispatch(
            Message.post("Observations(" + id + ")", JSON, Rows.patch(row)).by(Verb.PATCH),
            covers,
            JsonObject.of(tag(PATCH, List.of(row), range(List.of(row)))).toString()));
  }

  /** One after the other: found or made. One plan at a time, or an entity would be made twice. */
  void make(List<JsonObject> plan) {
    for (int i = 0; i < plan.size(); i++) {
      JsonObject step = plan.get(i);
      if (memory.id(String.valueOf(step.get("key"))).isEmpty()) {
        memory.busy(true);
        String channel =
            Paths.query(
                String.valueOf(step.get("in")), String.valueOf(step.get("filter")), "&$top=1");
        dispatches.add(
            new Dispatch(
                Message.get(channel, JSON), null, planTag(FIND, plan.subList(i, plan.size()))));
        return;
      }
    }
    memory.busy(false);
  }

  /** The first of the plan is not there: it is made. */
  void create(List<JsonObject> plan) {
    JsonObject step = plan.get(0);
    Map<String, @Nullable Object> body = new LinkedHashMap<>(step.objectOrEmpty("body").members());
    for (Map.Entry<String, ?> ref : step.objectOrEmpty("refs").members().entrySet()) {
      String id = memory.id(String.valueOf(ref.getValue())).orElse("");
      if (id.isEmpty()) {
        stop("the platform has no " + ref.getKey() + " for " + step.get("key"));
        return;
      }
      body.put(ref.getKey(), Map.of("@iot.id", Paths.json(id)));
    }
    byte[] payload = JsonObject.of(body).toBytes();
    dispatches.add(
        new Dispatch(
            Message.post(String.valueOf(step.get("in")), JSON, payload),
            null,
            planTag(MAKE, plan)));
  }

  /** The plan comes to nothing now; the next Observation that needs it begins it anew. */
  void stop(String why) {
    memory.busy(false);
    outcomes.add(new Outcome.Unintelligible(why));
  }

  private static String planTag(String what, List<JsonObject> plan) {
    return JsonObject.of(Map.of(DO, what, PLAN, plan)).toString();
  }
}
