package city.mycelium.driver.serial.internal.gnss;

/**
 * How a receiver came by its position.
 *
 * <p>Source: "NMEA Revealed" 2.24 (gpsd), sections "GGA", field 6, and "Sentence Mixes and NMEA
 * Variations", FAA mode indicator.
 */
enum FixQuality {
  NONE("none", '0', 'N', false),
  GNSS("gnss", '1', 'A', true),
  DIFFERENTIAL("differential", '2', 'D', true),
  PRECISE("precise", '3', 'P', true),
  RTK("rtk", '4', 'R', true),
  RTK_FLOAT("rtk-float", '5', 'F', true),
  /** Dead reckoning: carried on from the last fix, not measured. */
  ESTIMATED("estimated", '6', 'E', false),
  MANUAL("manual", '7', 'M', false),
  SIMULATED("simulated", '8', 'S', false);

  private final String word;
  private final char ggaIndicator;
  private final char modeIndicator;
  private final boolean measured;

  FixQuality(String word, char ggaIndicator, char modeIndicator, boolean measured) {
    this.word = word;
    this.ggaIndicator = ggaIndicator;
    this.modeIndicator = modeIndicator;
    this.measured = measured;
  }

  /** By field 6 of a GGA sentence; what is not in the table is no fix. */
  static FixQuality ofGga(String field) {
    for (FixQuality quality : values()) {
      if (field.length() == 1 && field.charAt(0) == quality.ggaIndicator) {
        return quality;
      }
    }
    return NONE;
  }

  /**
   * By status and mode of an RMC sentence. The mode is missing before NMEA 2.3; the status then
   * says all.
   */
  static FixQuality ofRmc(String status, String mode) {
    if (!status.equals("A")) {
      return mode.equals("E") ? ESTIMATED : NONE;
    }
    if (mode.isEmpty()) {
      return GNSS;
    }
    for (FixQuality quality : values()) {
      if (mode.length() == 1 && mode.charAt(0) == quality.modeIndicator) {
        return quality;
      }
    }
    return NONE;
  }

  /** What it is called in a Reading. */
  String word() {
    return word;
  }

  /** Whether the satellites say where the receiver is now. */
  boolean isMeasured() {
    return measured;
  }
}
