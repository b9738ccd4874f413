package city.mycelium.driver.lorawan.internal.inspect;

import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import java.time.Instant;
import java.util.Locale;

/** MAC commands in words (LoRaWAN 1.0.3, 5 and, for class B, 12 to 14). Pure. */
final class MacWords {

  private static final long GPS_EPOCH_SECONDS =
      Instant.parse("1980-01-06T00:00:00Z").getEpochSecond();
  private static final int STEP_HZ = 100;

  private MacWords() {}

  static String of(MacCommand command) {
    return command.direction() == Direction.UP ? fromDevice(command) : toDevice(command);
  }

  private static String fromDevice(MacCommand c) {
    return switch (c.cid()) {
      case LINK_CHECK -> "asks how well it is heard";
      case LINK_ADR ->
          "power " + taken(c, 4) + ", data rate " + taken(c, 2) + ", channels " + taken(c, 1);
      case DUTY_CYCLE -> "will keep the duty cycle";
      case RX_PARAM_SETUP ->
          "RX1 offset "
              + taken(c, 4)
              + ", RX2 data rate "
              + taken(c, 2)
              + ", RX2 channel "
              + taken(c, 1);
      case DEV_STATUS -> status(c);
      case NEW_CHANNEL -> "data rates " + taken(c, 2) + ", frequency " + taken(c, 1);
      case RX_TIMING_SETUP -> "has set when RX1 opens";
      case TX_PARAM_SETUP -> "has set dwell time and power";
      case DL_CHANNEL ->
          "uplink frequency "
              + ((c.octet(0) & 2) != 0 ? "known" : "unknown")
              + ", frequency "
              + taken(c, 1);
      case DEVICE_TIME -> "asks for the time";
      case PING_SLOT_INFO -> "ping slots have periodicity " + (c.octet(0) & 7);
      case PING_SLOT_CHANNEL -> "data rate " + taken(c, 2) + ", frequency " + taken(c, 1);
      case BEACON_TIMING -> "asks when the next beacon comes";
      case BEACON_FREQ -> "frequency " + taken(c, 1);
    };
  }

  private static String toDevice(MacCommand c) {
    return switch (c.cid()) {
      case LINK_CHECK ->
          "heard " + c.octet(0) + " dB above what is needed, by " + c.octet(1) + " concentrators";
      case LINK_ADR ->
          "take data rate "
              + (c.octet(0) >> 4)
              + " and power "
              + (c.octet(0) & 0xf)
              + ", channel mask "
              + String.format("%04x", number(c, 1, 2))
              + " (control "
              + ((c.octet(3) >> 4) & 7)
              + "), send each uplink "
              + (c.octet(3) & 0xf)
              + " times";
      case DUTY_CYCLE -> "be on the air 1/" + (1 << (c.octet(0) & 0xf)) + " of the time at most";
      case RX_PARAM_SETUP ->
          "RX1 offset "
              + ((c.octet(0) >> 4) & 7)
              + ", RX2 at data rate "
              + (c.octet(0) & 0xf)
              + " on "
              + frequency(c, 1);
      case DEV_STATUS -> "say battery and margin";
      case NEW_CHANNEL ->
          "channel "
              + c.octet(0)
              + " is on "
              + frequency(c, 1)
              + ", data rates "
              + (c.octet(4) & 0xf)
              + " to "
              + (c.octet(4) >> 4);
      case RX_TIMING_SETUP -> "RX1 opens after " + Math.max(1, c.octet(0) & 0xf) + " s";
      case TX_PARAM_SETUP ->
          "dwell time of downlinks "
              + ((c.octet(0) & 0x20) != 0 ? "400 ms" : "unbounded")
              + ", of uplinks "
              + ((c.octet(0) & 0x10) != 0 ? "400 ms" : "unbounded")
              + ", EIRP index "
              + (c.octet(0) & 0xf);
      case DL_CHANNEL -> "RX1 of channel " + c.octet(0) + " is on " + frequency(c, 1);
      case DEVICE_TIME ->
          "it is "
              + Instant.ofEpochSecond(GPS_EPOCH_SECONDS + number(c, 0, 4))
              + " by GPS, which is ahead of UTC, and "
              + c.octet(4)
              + "/256 s";
      case PING_SLOT_INFO -> "has noted the ping slots";
      case PING_SLOT_CHANNEL ->
          "ping slots are on " + frequency(c, 0) + " at data rate " + (c.octet(3) & 0xf);
      case BEACON_TIMING ->
          "the next beacon comes in "
              + number(c, 0, 2) * 30
              + " to "
              + (number(c, 0, 2) + 1) * 30
              + " ms, on channel "
              + c.octet(2);
      case BEACON_FREQ -> "beacons are on " + frequency(c, 0);
    };
  }

  private static String status(MacCommand c) {
    int level = c.octet(0);
    String battery =
        switch (level) {
          case 0 -> "on mains";
          case 255 -> "battery not known";
          default -> "battery " + Math.round((level - 1) * 100.0 / 253) + " %";
        };
    int margin = (c.octet(1) & 0x3f) << 26 >> 26; // six bits with a sign
    return battery + ", heard us at " + margin + " dB SNR";
  }

  private static String taken(MacCommand c, int bit) {
    return (c.octet(0) & bit) != 0 ? "taken" : "refused";
  }

  private static long number(MacCommand c, int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << 8) | c.octet(at + i);
    }
    return value;
  }

  private static String frequency(MacCommand c, int at) {
    return megahertz(number(c, at, 3) * STEP_HZ) + " MHz";
  }

  static String megahertz(long hz) {
    return String.format(Locale.ROOT, "%.4f", hz / 1e6).replaceAll("0{1,3}$", "");
  }
}
