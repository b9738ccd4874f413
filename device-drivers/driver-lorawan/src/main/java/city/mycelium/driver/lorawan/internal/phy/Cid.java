package city.mycelium.driver.lorawan.internal.phy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * MAC commands of LoRaWAN 1.0.x (5, table of commands; class B: 10 to 13 hex), with how many bytes
 * follow the command's number in each direction.
 */
public enum Cid {
  LINK_CHECK(0x02, "LinkCheckReq", 0, "LinkCheckAns", 2),
  LINK_ADR(0x03, "LinkADRAns", 1, "LinkADRReq", 4),
  DUTY_CYCLE(0x04, "DutyCycleAns", 0, "DutyCycleReq", 1),
  RX_PARAM_SETUP(0x05, "RXParamSetupAns", 1, "RXParamSetupReq", 4),
  DEV_STATUS(0x06, "DevStatusAns", 2, "DevStatusReq", 0),
  NEW_CHANNEL(0x07, "NewChannelAns", 1, "NewChannelReq", 5),
  RX_TIMING_SETUP(0x08, "RXTimingSetupAns", 0, "RXTimingSetupReq", 1),
  TX_PARAM_SETUP(0x09, "TxParamSetupAns", 0, "TxParamSetupReq", 1),
  DL_CHANNEL(0x0a, "DlChannelAns", 1, "DlChannelReq", 4),
  DEVICE_TIME(0x0d, "DeviceTimeReq", 0, "DeviceTimeAns", 5),
  PING_SLOT_INFO(0x10, "PingSlotInfoReq", 1, "PingSlotInfoAns", 0),
  PING_SLOT_CHANNEL(0x11, "PingSlotChannelAns", 1, "PingSlotChannelReq", 4),
  BEACON_TIMING(0x12, "BeaconTimingReq", 0, "BeaconTimingAns", 3),
  BEACON_FREQ(0x13, "BeaconFreqAns", 1, "BeaconFreqReq", 3);

  private static final Map<Integer, Cid> BY_NUMBER =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Cid::number, Function.identity()));

  private final int number;
  private final String upName;
  private final int upLength;
  private final String downName;
  private final int downLength;

  Cid(int number, String upName, int upLength, String downName, int downLength) {
    this.number = number;
    this.upName = upName;
    this.upLength = upLength;
    this.downName = downName;
    this.downLength = downLength;
  }

  static Optional<Cid> of(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }

  public int number() {
    return number;
  }

  /** As the specification calls it. */
  public String nameGoing(Direction direction) {
    return direction == Direction.UP ? upName : downName;
  }

  /** Bytes after the number. */
  public int lengthGoing(Direction direction) {
    return direction == Direction.UP ? upLength : downLength;
  }
}
