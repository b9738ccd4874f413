package city.mycelium.simulator.lorawan;

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
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import java.util.Optional;

/** The other end of one device: as much of a network as the tests of a device need. */
final class TownNetwork {

  static final int DEV_ADDR = 0x0100_00c0;
  private static final int NET_ID = 0;

  private final Identity identity;
  private final Aes root;
  private SessionKeys keys;
  private int appNonce = 7;
  private long nextDown;

  TownNetwork(Identity identity) {
    this.identity = identity;
    root = new Aes(identity.appKey());
    keys = new SessionKeys(identity.appKey(), identity.appKey());
  }

  /** Lets it in. */
  byte[] accept(JoinRequest request) {
    keys = SessionKeys.derive(identity.appKey(), ++appNonce, NET_ID, request.devNonce());
    nextDown = 0;
    return new JoinAccept(appNonce, NET_ID, DEV_ADDR, 0, 0, 1, Optional.empty()).build(root);
  }

  boolean isFromDevice(JoinRequest request) {
    return request.isFrom(root);
  }

  SessionKeys keys() {
    return keys;
  }

  /** Acknowledges, and asks for something besides. */
  byte[] acknowledge(MacCommand... asking) {
    return down(nextDown++, true, MacCommand.bytes(java.util.List.of(asking)));
  }

  byte[] down(long counter, boolean ack, byte[] options) {
    return DataFrame.build(
        keys,
        new DataHeader(
            Direction.DOWN,
            false,
            DEV_ADDR,
            new FCtrl(true, false, ack, false),
            (int) (counter & 0xffff),
            options,
            DataHeader.NO_PORT),
        counter,
        new byte[0]);
  }

  static DataFrame data(byte[] frame) throws FrameException {
    return (DataFrame) PhyPayload.parse(frame);
  }

  static JoinRequest join(byte[] frame) throws FrameException {
    return (JoinRequest) PhyPayload.parse(frame);
  }
}
