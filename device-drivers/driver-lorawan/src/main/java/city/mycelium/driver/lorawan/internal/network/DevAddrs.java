package city.mycelium.driver.lorawan.internal.network;

import java.util.random.RandomGenerator;

/**
 * Addresses for devices (TS002 1.1, 6.1.4 and table of NetID types): a prefix that tells the type
 * of NetID, the network's part, and a part of our choice. Pure.
 */
final class DevAddrs {

  /** Bits of NwkID in an address, by type of NetID. */
  private static final int[] NETWORK_BITS = {6, 6, 9, 11, 12, 13, 15, 17};

  private static final int ADDRESS_BITS = 32;

  private DevAddrs() {}

  /** An address of this network. */
  static int draw(int netId, RandomGenerator random) {
    int type = (netId >> 21) & 0x7;
    int networkBits = NETWORK_BITS[type];
    int ownBits = ADDRESS_BITS - (type + 1) - networkBits;
    long prefix = ((1L << type) - 1) << 1; // as many ones as the type says, and a zero
    long network = netId & ((1L << networkBits) - 1);
    long own = random.nextLong(1L << ownBits);
    return (int) ((((prefix << networkBits) | network) << ownBits) | own);
  }
}
