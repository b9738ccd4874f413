package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the network and a device have in common until the next join. Touched by the network's tasks
 * only.
 *
 * <p>Nothing secret is stored with it: keys are derived anew from the device's own (6.2.5), or are
 * the device's own.
 */
final class Session {

  /** How many downlink counters are stored ahead: what a restart skips. */
  static final long DOWN_BLOCK = 64;

  private static final long DOWN_LEAST = 8;
  private static final int RECENT = 8;
  private static final byte[] CHECKED =
      "mycelium key check".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** AppNonce of the join, or what tells one session of a personalized device from another. */
  final int stamp;

  final int devAddr;
  final int netId;

  /** DevNonce of the join; 0 if the device is personalized. */
  final int devNonce;

  /** Tells whether the device's key is still the one that this session was made with. */
  final int keyCheck;

  final int rxDelaySeconds;
  final int rx2DataRate;
  final Adr adr = new Adr();

  /** Last counter taken; negative before the first. */
  long fCntUp = -1;

  /** The part of {@link #fCntUp} that is stored. */
  long storedUp = -1;

  /** The next downlink's. */
  long nextDown;

  /** Downlinks may count to here, exclusive, once that is stored. */
  long reservedDown;

  /** The part of {@link #reservedDown} that is stored. */
  long storedDown;

  /** Index of TXPower, as far as is known. */
  int power;

  private final int[] recentMics = new int[RECENT];
  private int recentAt;
  private @Nullable Activation keysOf;
  private @Nullable SessionKeys keys;

  Session(
      int stamp,
      int devAddr,
      int netId,
      int devNonce,
      int keyCheck,
      int rxDelaySeconds,
      int rx2DataRate) {
    this.stamp = stamp;
    this.devAddr = devAddr;
    this.netId = netId;
    this.devNonce = devNonce;
    this.keyCheck = keyCheck;
    this.rxDelaySeconds = rxDelaySeconds;
    this.rx2DataRate = rx2DataRate;
  }

  /** A number that changes when the key does, and tells nothing about it. */
  static int keyCheck(Activation activation) {
    Aes aes =
        new Aes(
            activation instanceof Activation.Otaa otaa
                ? otaa.appKey()
                : ((Activation.Abp) activation).nwkSKey());
    return ByteBuffer.wrap(aes.cmac(CHECKED)).getInt();
  }

  /** Its keys; null if the device has got another key since, so that this session is over. */
  @Nullable SessionKeys keys(Activation activation) {
    if (activation.equals(keysOf)) {
      return keys;
    }
    keysOf = activation;
    if (keyCheck(activation) != keyCheck) {
      keys = null;
    } else if (activation instanceof Activation.Abp abp) {
      keys = new SessionKeys(abp.nwkSKey(), abp.appSKey());
    } else {
      keys = SessionKeys.derive(((Activation.Otaa) activation).appKey(), stamp, netId, devNonce);
    }
    return keys;
  }

  /** Whether counters for downlinks should be stored, before they run out. */
  boolean isShortOfDown() {
    return nextDown + DOWN_LEAST > reservedDown;
  }

  void reserveDown() {
    if (isShortOfDown()) {
      reservedDown = nextDown + DOWN_BLOCK;
    }
  }

  /** Remembers a frame, so that a late copy is not taken for a device that began anew. */
  void took(int mic) {
    recentMics[recentAt] = mic;
    recentAt = (recentAt + 1) % RECENT;
  }

  boolean tookLately(int mic) {
    return Arrays.stream(recentMics).anyMatch(recent -> recent == mic);
  }

  void write(ByteBuffer to) {
    to.putInt(stamp).putInt(devAddr).putInt(netId).putInt(devNonce).putInt(keyCheck);
    to.put((byte) rxDelaySeconds).put((byte) rx2DataRate).put((byte) power);
    to.putLong(fCntUp).putLong(reservedDown);
  }

  static Session read(ByteBuffer from) {
    Session session =
        new Session(
            from.getInt(),
            from.getInt(),
            from.getInt(),
            from.getInt(),
            from.getInt(),
            from.get(),
            from.get());
    session.power = from.get();
    session.fCntUp = from.getLong();
    session.storedUp = session.fCntUp;
    session.reservedDown = from.getLong();
    session.storedDown = session.reservedDown;
    session.nextDown = session.reservedDown; // whatever of the block was used is behind us
    return session;
  }
}
