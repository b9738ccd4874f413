package city.mycelium.driver.lorawan.internal.phy;

import city.mycelium.driver.lorawan.internal.device.AesKey;

/**
 * The keys of a session, ready for work. Safe for use by many threads.
 *
 * <p>Keys are kept as they are for whoever stores the session; {@code toString} shows none.
 */
public final class SessionKeys {

  private static final int FOR_NETWORK = 1;
  private static final int FOR_APPLICATION = 2;

  private final AesKey nwkSKey;
  private final AesKey appSKey;
  private final Aes network;
  private final Aes application;

  public SessionKeys(AesKey nwkSKey, AesKey appSKey) {
    this.nwkSKey = nwkSKey;
    this.appSKey = appSKey;
    network = new Aes(nwkSKey);
    application = new Aes(appSKey);
  }

  /**
   * Those that both ends derive from a join (6.2.5).
   *
   * @param appNonce 24 bits; called JoinNonce in 1.0.4
   * @param netId 24 bits
   * @param devNonce 16 bits
   */
  public static SessionKeys derive(AesKey appKey, int appNonce, int netId, int devNonce) {
    Aes root = new Aes(appKey);
    return new SessionKeys(
        derive(root, FOR_NETWORK, appNonce, netId, devNonce),
        derive(root, FOR_APPLICATION, appNonce, netId, devNonce));
  }

  private static AesKey derive(Aes root, int use, int appNonce, int netId, int devNonce) {
    byte[] block = new byte[Aes.BLOCK];
    block[0] = (byte) use;
    Bytes.write(appNonce, block, 1, 3);
    Bytes.write(netId, block, 4, 3);
    Bytes.write(devNonce, block, 7, 2);
    return AesKey.of(root.encrypt(block));
  }

  public AesKey nwkSKey() {
    return nwkSKey;
  }

  public AesKey appSKey() {
    return appSKey;
  }

  /** For integrity codes. */
  Aes network() {
    return network;
  }

  /** For the payload under a port: MAC commands under port 0 are the network's (4.3.3). */
  Aes forPort(int fPort) {
    return fPort == 0 ? network : application;
  }
}
