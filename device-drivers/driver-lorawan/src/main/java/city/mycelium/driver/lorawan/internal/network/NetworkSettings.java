package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.region.Region;
import java.time.Duration;

/**
 * How a network behaves.
 *
 * @param region whose rules hold
 * @param netId 24 bits; 0 and 1 are for private networks (TS002, 6.1)
 * @param copiesWithin how long to wait for what other concentrators heard of the same frame; zero
 *     to act on the first at once
 * @param lead how long before a window opens its frame must be handed to a concentrator
 * @param rxDelaySeconds how long after an uplink RX1 opens for devices that join from now on, 1 to
 *     15; those activated by personalization have 1 second
 * @param rx2DataRate index of RX2's data rate for devices that join from now on
 * @param maxEirpDbm most that our antennas may radiate (EIRP), dBm; the sub-band's limit holds too
 * @param askStatusEvery how often a device is asked for battery and margin; zero for never
 * @param leapSeconds by which GPS time is ahead of UTC: 18 since 2017-01-01
 */
public record NetworkSettings(
    Region region,
    int netId,
    Duration copiesWithin,
    Duration lead,
    int rxDelaySeconds,
    int rx2DataRate,
    double maxEirpDbm,
    Duration askStatusEvery,
    int leapSeconds) {

  /** Of GPS against UTC since 2017-01-01 (IERS Bulletin C 52); none has been announced since. */
  public static final int LEAP_SECONDS = 18;

  private static final Duration COPIES_WITHIN = Duration.ofMillis(200);
  private static final Duration LEAD = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(700);
  private static final Duration ASK_STATUS_EVERY = Duration.ofHours(24);
  private static final int BITS_24 = 0xffffff;

  /**
   * A concentrator whose antenna is not known: 14 dBm ERP (16.15 dBm EIRP), which is what EU868
   * allows wherever it allows anything (ETSI EN 300 220-2 V3.2.1, table B.1).
   */
  private static final double SAFE_EIRP_DBM = 16.15;

  public NetworkSettings {
    require((netId & ~BITS_24) == 0, "a NetID has 24 bits");
    require(
        !copiesWithin.isNegative() && copiesWithin.compareTo(LONGEST_WAIT) <= 0,
        "copies are waited for 0 to 700 ms: RX1 opens after a second");
    require(!lead.isNegative() && lead.toMillis() < 1000, "the lead is 0 to 999 ms");
    require(rxDelaySeconds >= 1 && rxDelaySeconds <= 15, "RX1 opens after 1 to 15 s");
    require(
        region.dataRates().containsKey(rx2DataRate),
        region.name() + " has no data rate " + rx2DataRate + " for RX2");
    require(!askStatusEvery.isNegative(), "how often a device is asked is not negative");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** What suits a private network there. */
  public static NetworkSettings in(Region region) {
    return new NetworkSettings(
        region,
        0,
        COPIES_WITHIN,
        LEAD,
        1,
        region.rx2DataRate(),
        SAFE_EIRP_DBM,
        ASK_STATUS_EVERY,
        LEAP_SECONDS);
  }

  public NetworkSettings withCopiesWithin(Duration time) {
    return new NetworkSettings(
        region,
        netId,
        time,
        lead,
        rxDelaySeconds,
        rx2DataRate,
        maxEirpDbm,
        askStatusEvery,
        leapSeconds);
  }

  public NetworkSettings withAskStatusEvery(Duration time) {
    return new NetworkSettings(
        region,
        netId,
        copiesWithin,
        lead,
        rxDelaySeconds,
        rx2DataRate,
        maxEirpDbm,
        time,
        leapSeconds);
  }
}
