package city.mycelium.driver.lorawan.internal.network;

/** Why a frame, or a part of it, was not taken. */
public enum Refusal {
  MALFORMED("it is no LoRaWAN frame"),
  UNSUPPORTED("it is of a kind that LoRaWAN 1.0.x does not have"),
  OPTIONS_TWICE("it has MAC commands both in FOpts and under port 0"),
  NOT_AN_UPLINK("it goes to a device, not from one: another network is near"),
  UNKNOWN_DEVICE("no device with this DevEUI is registered: add it with 'device add'"),
  WRONG_JOIN_EUI("the device asks another JoinEUI than it is registered with"),
  NOT_OVER_THE_AIR("the device is registered as activated by personalization, and asks to join"),
  UNKNOWN_ADDRESS("no device has this DevAddr: another network is near, or a device must join"),
  WRONG_MIC("its MIC fits no key: the key is wrong, or somebody else has the same address"),
  REPLAYED(
      "its counter has been before: the frame is replayed, or the device lost its counter; "
          + "let it join anew, or register it as one that resets its counters"),
  COUNTER_GAP("its counter is 16384 or more ahead, which LoRaWAN up to 1.0.3 does not allow"),
  DEV_NONCE_USED("its DevNonce has been used: a replayed join, or a device without memory"),
  JOIN_FLOOD("more join-requests come than can be real; they are not looked at"),
  UNKNOWN_MAC_COMMAND("a MAC command is not known, and what follows it is not read"),
  RESERVED_PORT("the port is not the application's (1 to 223); the payload is left out"),
  NOT_READY("the network's own memory is not read yet"),
  OVERLOAD("more frames wait than can be worked on"),
  NOT_KEPT("what it says could not be kept; if it is a confirmed one, the device sends it again"),
  STORAGE("its counter could not be stored, and so nothing was done with it");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /** For a person: what it means, and what to do where something can be done. */
  public String words() {
    return words;
  }
}
