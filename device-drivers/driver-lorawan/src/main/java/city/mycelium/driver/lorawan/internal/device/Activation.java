package city.mycelium.driver.lorawan.internal.device;

/** How a device comes into the network (LoRaWAN 1.0.3, 6). */
public sealed interface Activation {

  /**
   * Over the air (6.2): it joins, and gets its session keys then.
   *
   * @param appKey its root key
   */
  record Otaa(AesKey appKey) implements Activation {}

  /**
   * By personalization (6.3): its session is given once and for all.
   *
   * @param devAddr its address, 32 bits
   */
  record Abp(int devAddr, AesKey nwkSKey, AesKey appSKey) implements Activation {}
}
