package city.mycelium.api.consent;

/** Whether something may leave. */
public sealed interface Decision {

  /** It may leave; a place in it only this exactly. */
  record Permitted(LocationPrecision precision) implements Decision {}

  /**
   * It stays here.
   *
   * @param why for a person: which Grant is missing
   */
  record Withheld(String why) implements Decision {}
}
