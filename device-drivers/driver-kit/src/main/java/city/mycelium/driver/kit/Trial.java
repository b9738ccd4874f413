package city.mycelium.driver.kit;

/** What a driver is put through. */
enum Trial {
  DESCRIPTION("description and options"),
  UNITS("units and plausible ranges"),
  GOLDEN("golden bytes, golden results"),
  FLIP("one flipped bit"),
  HALF("half an answer or frame"),
  GARBAGE("garbage"),
  SILENCE("silence and stuck lines"),
  NACK("refused transfers"),
  UNPLUGGED("unplugged in mid-transfer"),
  STALE("no value of earlier, none made up"),
  LATE("answers late"),
  AGAIN("answers twice"),
  CLOCK("clock jump: asks no clock, no thread"),
  HEAP("10,000 reads, bounded heap"),
  RESTART("connected again in any state"),
  BUS("addresses, and a bus of SMBus only");

  private final String title;

  Trial(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
