package city.mycelium.driver.lorawan.internal.network;

import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.phy.Aes;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.FrameException;
import city.mycelium.driver.lorawan.internal.phy.JoinAccept;
import city.mycelium.driver.lorawan.internal.phy.JoinRequest;
import city.mycelium.driver.lorawan.internal.phy.MacCommand;
import city.mycelium.driver.lorawan.internal.phy.PhyPayload;
import city.mycelium.driver.lorawan.internal.phy.SealedJoinAccept;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.List;

/** The other end of the link: what a device of class A does. For one thread. */
final class VirtualDevice {

  static final Eui JOIN_EUI = new Eui(0x70b3d57ed0000000L);

  final Eui devEui;
  private final Aes root;
  private final AesKey appKey;
  private boolean isPersonalized;
  SessionKeys keys;
  int devAddr;
  int devNonce;
  long fCntUp;
  long lastDown = -1;
  JoinAccept accept;
  FCtrl flags = FCtrl.NONE;

  private VirtualDevice(long number) {
    devEui = new Eui(0x0011223344000000L + number);
    byte[] key = new byte[16];
    key[0] = (byte) number;
    key[15] = 42;
    appKey = AesKey.of(key);
    root = new Aes(appKey);
  }

  /** One that has to join. */
  static VirtualDevice otaa(long number) {
    return new VirtualDevice(number);
  }

  /** One that is personalized. */
  static VirtualDevice abp(long number, int devAddr) {
    VirtualDevice device = new VirtualDevice(number);
    byte[] nwk = new byte[16];
    nwk[1] = (byte) number;
    byte[] app = new byte[16];
    app[2] = (byte) number;
    device.keys = new SessionKeys(AesKey.of(nwk), AesKey.of(app));
    device.devAddr = devAddr;
    device.isPersonalized = true;
    return device;
  }

  RegisteredDevice registered() {
    return registered(Version.V1_0_3, false, false);
  }

  RegisteredDevice registered(Version version, boolean adr, boolean resetsCounters) {
    Activation activation =
        !isPersonalized
            ? new Activation.Otaa(appKey)
            : new Activation.Abp(devAddr, keys.nwkSKey(), keys.appSKey());
    return new RegisteredDevice(
        devEui, JOIN_EUI, activation, version, "profile", adr, resetsCounters);
  }

  /** Asks to join, with a new DevNonce. */
  byte[] joinRequest() {
    return JoinRequest.build(root, JOIN_EUI, devEui, ++devNonce);
  }

  /** Takes a join-accept, as a device does. */
  void joined(byte[] frame) throws FrameException {
    SealedJoinAccept.Opened opened = ((SealedJoinAccept) PhyPayload.parse(frame)).open(root);
    if (!opened.isGenuine()) {
      throw new AssertionError("the join-accept is not genuine");
    }
    accept = opened.accept();
    keys = SessionKeys.derive(appKey, accept.appNonce(), accept.netId(), devNonce);
    devAddr = accept.devAddr();
    fCntUp = 0;
    lastDown = -1;
  }

  byte[] unconfirmed(String payload) {
    return up(false, 1, payload.getBytes(java.nio.charset.StandardCharsets.UTF_8), List.of());
  }

  byte[] confirmed(String payload) {
    return up(true, 1, payload.getBytes(java.nio.charset.StandardCharsets.UTF_8), List.of());
  }

  byte[] saying(MacCommand... commands) {
    return up(false, 1, new byte[] {1}, List.of(commands));
  }

  /** The next frame. */
  byte[] up(boolean confirmed, int fPort, byte[] plain, List<MacCommand> commands) {
    return upRaw(confirmed, fPort, plain, MacCommand.bytes(commands));
  }

  byte[] upRaw(boolean confirmed, int fPort, byte[] plain, byte[] fOpts) {
    long fCnt = fCntUp++;
    return DataFrame.build(
        keys,
        new DataHeader(
            Direction.UP, confirmed, devAddr, flags, (int) (fCnt & 0xffff), fOpts, fPort),
        fCnt,
        plain);
  }

  /** What a device understands of a downlink. */
  record Understood(
      boolean ack,
      boolean pending,
      boolean confirmed,
      int fPort,
      byte[] plain,
      List<MacCommand> commands,
      long fCnt) {}

  /** Takes a downlink, as a device does: it must be for it, genuine, and new. */
  Understood understand(byte[] frame) throws FrameException {
    DataFrame data = (DataFrame) PhyPayload.parse(frame);
    DataHeader header = data.header();
    long fCnt = (Math.max(0, lastDown) & ~0xffffL) | header.fCnt();
    if (header.direction() != Direction.DOWN
        || header.devAddr() != devAddr
        || !data.isFrom(keys, fCnt)) {
      throw new AssertionError("the downlink is not for this device, or not genuine");
    }
    if (fCnt <= lastDown) {
      throw new AssertionError("downlink counter " + fCnt + " after " + lastDown);
    }
    lastDown = fCnt;
    byte[] plain = data.plain(keys, fCnt);
    return new Understood(
        header.fCtrl().ack(),
        header.fCtrl().pending(),
        header.confirmed(),
        header.fPort(),
        plain,
        MacCommand.parse(header.fPort() == 0 ? plain : header.fOpts(), Direction.DOWN).commands(),
        fCnt);
  }
}
