package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the network stands, for people. Counted since the gateway's start, if nothing else is said.
 *
 * @param frames uplinks of our devices that were taken, retransmissions not counted
 * @param copies that further concentrators heard
 * @param retransmissions that devices sent again
 * @param joins that were answered
 * @param downlinks that concentrators took
 * @param acknowledged confirmed uplinks among those downlinks
 * @param tooLate answers that were ready after both windows
 * @param noAirTime answers for which our duty cycle left no room
 * @param notSent answers that no concentrator took
 * @param refusals by reason
 * @param devices by DevEUI
 * @param strangers the latest first, at most 256
 */
public record NetworkSnapshot(
    long frames,
    long copies,
    long retransmissions,
    long joins,
    long downlinks,
    long acknowledged,
    long tooLate,
    long noAirTime,
    long notSent,
    Map<Refusal, Long> refusals,
    List<DeviceStatus> devices,
    List<Stranger> strangers) {

  public NetworkSnapshot {
    refusals = Map.copyOf(refusals);
    devices = List.copyOf(devices);
    strangers = List.copyOf(strangers);
  }

  /**
   * How a device stands.
   *
   * @param hasSession whether it has joined, or was heard if it is personalized
   * @param devAddr its address, if it has a session
   * @param fCnt its last counter, also from before the start; negative if none was taken
   * @param frames proven, since it was registered
   * @param lost between those, since it was registered
   * @param lastSeenEpochMillis by the wall clock, also before the start; negative if never
   * @param rssiDbm of the last frame where it was heard best
   * @param snrDb of the last frame where it was heard best
   * @param dataRate of the last frame
   * @param battery percent; negative if not known
   * @param queued downlinks that wait for it
   */
  public record DeviceStatus(
      Eui devEui,
      boolean hasSession,
      int devAddr,
      long fCnt,
      long frames,
      long lost,
      long retransmissions,
      long joins,
      long downlinks,
      long lastSeenEpochMillis,
      Optional<Double> rssiDbm,
      Optional<Double> snrDb,
      Optional<DataRate> dataRate,
      double battery,
      int queued,
      Map<Refusal, Long> refusals) {
    public DeviceStatus {
      refusals = Map.copyOf(refusals);
    }
  }

  /**
   * Who is not ours, or does not show that it is.
   *
   * @param name {@code DevEUI …} or {@code DevAddr …}
   * @param why the last reason
   * @param frames since it is in this list
   * @param lastSeenEpochMillis by the wall clock
   */
  public record Stranger(String name, Refusal why, long frames, long lastSeenEpochMillis) {}
}
