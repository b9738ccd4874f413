package city.mycelium.simulator.town;

/** What the owners of the town's devices allow the city. */
public enum Consents {
  /** Everything. */
  RAW("nothing yet"),
  /** Ten-minute means. */
  TEN_MINUTES("only 10-minute means may leave"),
  /** Nothing was granted. */
  NOTHING("no grant: nothing leaves");

  private final String instead;

  Consents(String instead) {
    this.instead = instead;
  }

  /** What to show where no raw value has arrived. */
  public String instead() {
    return instead;
  }

  /** What the owner of this device allows: most everything, one less, one nothing. */
  public static Consents of(String device) {
    return switch (device) {
      case "paddenstoel.1002" -> TEN_MINUTES;
      case "paddenstoel.1003" -> NOTHING;
      default -> RAW;
    };
  }
}
