package city.mycelium.emulated.hardware.cell;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * What came of a cell.
 *
 * @param cell its name
 * @param detail why it failed or was left out, and what mends that; empty if all is well
 * @param seconds how long it took, with the guest that it shares with others
 */
public record Outcome(String cell, Verdict verdict, String detail, long seconds) {

  /** What can come of it. */
  public enum Verdict {
    OK,
    FAILED,
    /** This machine cannot: the detail says what it lacks. */
    SKIPPED
  }

  public static Outcome ok(Cell cell, long seconds) {
    return new Outcome(cell.name(), Verdict.OK, "", seconds);
  }

  public static Outcome failed(Cell cell, String why, long seconds) {
    return new Outcome(cell.name(), Verdict.FAILED, why, seconds);
  }

  public static Outcome skipped(Cell cell, String why) {
    return new Outcome(cell.name(), Verdict.SKIPPED, why, 0);
  }

  /** The shape in which a guest tells its host. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("cell", cell)
        .add("verdict", verdict.name())
        .add("detail", detail)
        .add("seconds", seconds)
        .build();
  }

  /** What a guest told. */
  public static Outcome of(JsonObject told) {
    return new Outcome(
        told.getString("cell"),
        Verdict.valueOf(told.getString("verdict")),
        told.getString("detail"),
        told.getJsonNumber("seconds").longValueExact());
  }
}
