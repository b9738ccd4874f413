package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import org.jspecify.annotations.Nullable;

/** A message that a station sends on its data connection. */
sealed interface StationMessage {

  /**
   * Who it is, the first one.
   *
   * @param words program, firmware and model, for people
   */
  record Version(String words) implements StationMessage {}

  /**
   * A frame was heard.
   *
   * @param phyPayload put together from its fields; not copied
   * @param dataRate number of its data rate in the plan
   * @param frequencyHz Hz
   * @param context what a downlink must repeat
   * @param rssiDbm dBm
   * @param snrDb dB
   */
  @SuppressWarnings("ArrayRecordComponent") // travels once, from the message to the listener
  record Frame(
      byte[] phyPayload,
      int dataRate,
      long frequencyHz,
      RadioContext context,
      double rssiDbm,
      double snrDb)
      implements StationMessage {}

  /**
   * A downlink is on the air.
   *
   * @param diid which one
   * @param xtime when it began, by the station's clock; 0 if it does not say
   * @param frequencyHz Hz; 0 if it does not say
   */
  record Transmitted(long diid, long xtime, long frequencyHz) implements StationMessage {}

  /**
   * The station asks what time it is.
   *
   * @param txtime when it asked, by its own clock, microseconds
   */
  record Timesync(long txtime) implements StationMessage {}

  /** Something that is not used here. */
  record Other(String msgtype) implements StationMessage {}

  /** A message that names its kind and whose fields cannot be used. */
  record Broken(String msgtype, String why) implements StationMessage {}

  /**
   * Reads it.
   *
   * @throws RefusedException if it is no JSON of this protocol
   */
  static StationMessage read(String text) throws RefusedException {
    Fields fields = new Fields(BoundedJson.object(text));
    String type = fields.needText("msgtype");
    try {
      return switch (type) {
        case "version" -> version(fields);
        case "jreq" -> frame(PhyPayloads.ofJoinRequest(fields), fields);
        case "updf" -> frame(PhyPayloads.ofData(fields), fields);
        case "propdf" -> frame(PhyPayloads.ofProprietary(fields), fields);
        case "dntxed" ->
            new Transmitted(
                fields.needWhole("diid", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.whole("xtime", Long.MIN_VALUE, Long.MAX_VALUE, 0),
                fields.whole("Freq", 0, Integer.MAX_VALUE, 0));
        case "timesync" -> new Timesync(fields.needWhole("txtime", Long.MIN_VALUE, Long.MAX_VALUE));
        default -> new Other(type);
      };
    } catch (RefusedException e) {
      return new Broken(type, String.valueOf(e.getMessage()));
    }
  }

  private static Version version(Fields fields) throws RefusedException {
    StringBuilder words = new StringBuilder();
    for (String name : new String[] {"station", "firmware", "model"}) {
      @Nullable String value = fields.text(name).orElse(null);
      if (value != null && !value.isBlank()) {
        words.append(words.length() == 0 ? "" : ", ").append(name).append(' ').append(value);
      }
    }
    return new Version(words.toString());
  }

  private static Frame frame(byte[] phyPayload, Fields fields) throws RefusedException {
    Fields upinfo = fields.object("upinfo");
    return new Frame(
        phyPayload,
        (int) fields.needWhole("DR", 0, 15),
        fields.needWhole("Freq", 1, Integer.MAX_VALUE),
        new RadioContext(
            upinfo.needWhole("xtime", Long.MIN_VALUE, Long.MAX_VALUE),
            upinfo.whole("rctx", Long.MIN_VALUE, Long.MAX_VALUE, 0)),
        upinfo.needNumber("rssi"),
        upinfo.number("snr").orElse(0));
  }
}
