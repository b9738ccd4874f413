package city.mycelium.driver.lorawan.internal.region;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The rules of a part of the world (RP002), read from a data file. Immutable.
 *
 * @param name such as {@code EU868}
 * @param source where its figures stand
 * @param isFixed whether the channels are all given, and only switched on and off (US915, AU915)
 * @param dataRates by index
 * @param maxPayloadBytes most bytes of FRMPayload without FOpts (N of RP002), by index of data rate
 * @param channels that devices may speak on by default
 * @param downlinkChannels that RX1 is on if it is not on the uplink's
 * @param moreChannelsHz what a join-accept tells a device besides, Hz
 * @param rx1 which data rate RX1 has
 * @param rx2FrequencyHz Hz
 * @param rx2DataRate index
 * @param maxEirpDbm of a device, dBm
 * @param weakestPower highest index of TXPower; each step is 2 dB
 * @param lowestAdr lowest data rate that ADR may choose
 * @param highestAdr highest data rate that ADR may choose
 * @param subBands where we may send; a frequency in none of them is not ours
 */
public record Region(
    String name,
    String source,
    boolean isFixed,
    Map<Integer, DataRate> dataRates,
    Map<Integer, Integer> maxPayloadBytes,
    List<Channel> channels,
    List<Long> downlinkChannels,
    List<Long> moreChannelsHz,
    Rx1 rx1,
    long rx2FrequencyHz,
    int rx2DataRate,
    double maxEirpDbm,
    int weakestPower,
    int lowestAdr,
    int highestAdr,
    List<SubBand> subBands) {

  /** Those that come with the gateway. */
  public static final List<String> KNOWN =
      List.of("EU868", "EU433", "IN865", "AS923", "US915", "AU915");

  /**
   * A channel of devices.
   *
   * @param frequencyHz Hz
   * @param lowestDataRate index
   * @param highestDataRate index
   */
  public record Channel(long frequencyHz, int lowestDataRate, int highestDataRate) {}

  /**
   * RX1's data rate is the uplink's plus {@code base} less what the offset stands for, kept between
   * lowest and highest: that gives all tables of RP002 for these regions.
   */
  public record Rx1(int base, int lowest, int highest, List<Integer> offsets) {
    public Rx1 {
      offsets = List.copyOf(offsets);
    }
  }

  public Region {
    dataRates = Map.copyOf(dataRates);
    maxPayloadBytes = new TreeMap<>(maxPayloadBytes);
    channels = List.copyOf(channels);
    downlinkChannels = List.copyOf(downlinkChannels);
    moreChannelsHz = List.copyOf(moreChannelsHz);
    subBands = List.copyOf(subBands);
    if (!dataRates.containsKey(rx2DataRate)) {
      throw new IllegalArgumentException(name + " has no data rate " + rx2DataRate + " for RX2");
    }
  }

  /**
   * One that comes with the gateway.
   *
   * @throws IllegalArgumentException if none has this name
   */
  public static Region named(String name) {
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          "there is no region '" + name + "'; there are " + String.join(", ", KNOWN));
    }
    try (InputStream file = Region.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IllegalStateException("the bundle lacks its own file " + name + ".json");
      }
      return RegionFile.read(file);
    } catch (IOException e) {
      throw new IllegalStateException("the bundle's own file " + name + ".json is not readable", e);
    }
  }

  /** The index of a data rate as uplinks have it. */
  public OptionalInt uplinkDataRate(DataRate dataRate) {
    return dataRates.entrySet().stream()
        .filter(entry -> entry.getValue().equals(dataRate))
        .mapToInt(Map.Entry::getKey)
        .min(); // where one stands twice (US915, DR4 and DR12), the lower is the uplink's
  }

  /** The data rate of RX1, by index. */
  public int rx1DataRate(int uplinkDataRate, int offset) {
    int less = rx1.offsets().get(Math.min(offset, rx1.offsets().size() - 1));
    return Math.max(rx1.lowest(), Math.min(rx1.highest(), uplinkDataRate + rx1.base() - less));
  }

  /** Where RX1 is, Hz; nothing if the uplink was on no channel of this region. */
  public Optional<Long> rx1FrequencyHz(long uplinkHz) {
    if (!isFixed) {
      return Optional.of(uplinkHz);
    }
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).frequencyHz() == uplinkHz) {
        return Optional.of(downlinkChannels.get(i % downlinkChannels.size()));
      }
    }
    return Optional.empty();
  }

  /** The stretch that a frequency is in. */
  public Optional<SubBand> subBand(long frequencyHz) {
    return subBands.stream().filter(band -> band.holds(frequencyHz)).findFirst();
  }

  /** Most bytes of FOpts and FRMPayload together. */
  public int maxPayload(int dataRate) {
    return maxPayloadBytes.getOrDefault(dataRate, 0);
  }

  /** The data rate with this index; there must be one. */
  public DataRate dataRate(int index) {
    DataRate dataRate = dataRates.get(index);
    if (dataRate == null) {
      throw new IllegalArgumentException(name + " has no data rate " + index);
    }
    return dataRate;
  }
}
