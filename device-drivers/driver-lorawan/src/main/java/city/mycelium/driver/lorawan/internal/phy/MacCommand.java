package city.mycelium.driver.lorawan.internal.phy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One MAC command (5).
 *
 * @param cid which
 * @param direction who says it
 * @param payload what follows its number; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a command is read once
public record MacCommand(Cid cid, Direction direction, byte[] payload) {

  private static final int FULL = 0xff;

  public MacCommand {
    Bytes.require(
        payload.length == cid.lengthGoing(direction),
        cid.nameGoing(direction) + " has " + cid.lengthGoing(direction) + " bytes");
  }

  /**
   * A run of commands, read as far as it can be.
   *
   * @param commands those before anything unknown
   * @param notRead what is left from the first that is unknown or cut off: its length cannot be
   *     known, so nothing behind it can be read (5)
   */
  @SuppressWarnings("ArrayRecordComponent") // a command is read once
  public record Run(List<MacCommand> commands, byte[] notRead) {
    public Run {
      commands = List.copyOf(commands);
    }
  }

  /** Reads FOpts, or the payload under port 0. */
  public static Run parse(byte[] bytes, Direction direction) {
    List<MacCommand> commands = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      Cid cid = Cid.of(bytes[at] & 0xff).orElse(null);
      if (cid == null || at + 1 + cid.lengthGoing(direction) > bytes.length) {
        break;
      }
      int end = at + 1 + cid.lengthGoing(direction);
      commands.add(new MacCommand(cid, direction, Arrays.copyOfRange(bytes, at + 1, end)));
      at = end;
    }
    return new Run(commands, Arrays.copyOfRange(bytes, at, bytes.length));
  }

  /** The bytes of some commands, one after another. */
  public static byte[] bytes(List<MacCommand> commands) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (MacCommand command : commands) {
      out.write(command.cid().number());
      out.writeBytes(command.payload());
    }
    return out.toByteArray();
  }

  /** Bytes with its number. */
  public int length() {
    return 1 + payload.length;
  }

  /** A byte of the payload, 0 to 255. */
  public int octet(int at) {
    return payload[at] & 0xff;
  }

  /** A device asks how well it is heard (5.1). */
  public static MacCommand linkCheckReq() {
    return new MacCommand(Cid.LINK_CHECK, Direction.UP, new byte[0]);
  }

  /**
   * How well a device is heard (5.1).
   *
   * @param marginDb above what its data rate needs, 0 to 254 dB
   * @param gateways that heard it
   */
  public static MacCommand linkCheckAns(int marginDb, int gateways) {
    return new MacCommand(
        Cid.LINK_CHECK,
        Direction.DOWN,
        new byte[] {
          (byte) Math.max(0, Math.min(FULL - 1, marginDb)), (byte) Math.min(FULL, gateways)
        });
  }

  /**
   * A data rate and a power for a device (5.2).
   *
   * @param dataRate 0 to 15
   * @param txPower index, 0 is the strongest
   * @param channelMask 16 channels, the lowest bit is the first
   * @param maskControl 0 to 7
   * @param transmissions of each unconfirmed uplink, 0 to 15
   */
  public static MacCommand linkAdrReq(
      int dataRate, int txPower, int channelMask, int maskControl, int transmissions) {
    return new MacCommand(
        Cid.LINK_ADR,
        Direction.DOWN,
        new byte[] {
          (byte) (dataRate << 4 | txPower),
          (byte) channelMask,
          (byte) (channelMask >> 8),
          (byte) (maskControl << 4 | transmissions)
        });
  }

  /** A device says what it took of a {@link #linkAdrReq} (5.2). */
  public static MacCommand linkAdrAns(boolean power, boolean dataRate, boolean channels) {
    return new MacCommand(
        Cid.LINK_ADR,
        Direction.UP,
        new byte[] {(byte) ((power ? 4 : 0) | (dataRate ? 2 : 0) | (channels ? 1 : 0))});
  }

  /** Asks for battery and margin (5.5). */
  public static MacCommand devStatusReq() {
    return new MacCommand(Cid.DEV_STATUS, Direction.DOWN, new byte[0]);
  }

  /**
   * Battery and margin (5.5).
   *
   * @param battery 0: on mains; 1 to 254: empty to full; 255: not known
   * @param marginDb SNR of the last DevStatusReq, −32 to 31 dB
   */
  public static MacCommand devStatusAns(int battery, int marginDb) {
    return new MacCommand(
        Cid.DEV_STATUS, Direction.UP, new byte[] {(byte) battery, (byte) (marginDb & 0x3f)});
  }

  /** A device asks for the time (5.9; new in 1.0.3). */
  public static MacCommand deviceTimeReq() {
    return new MacCommand(Cid.DEVICE_TIME, Direction.UP, new byte[0]);
  }

  /**
   * The time at the end of the uplink that asked (5.9).
   *
   * @param gpsMillis milliseconds since the GPS epoch, 1980-01-06T00:00:00Z, without leap seconds
   */
  public static MacCommand deviceTimeAns(long gpsMillis) {
    byte[] payload = new byte[5];
    Bytes.write(gpsMillis / 1000, payload, 0, 4);
    payload[4] = (byte) (gpsMillis % 1000 * 256 / 1000);
    return new MacCommand(Cid.DEVICE_TIME, Direction.DOWN, payload);
  }

  /** Its name and its bytes. */
  @Override
  public String toString() {
    return cid.nameGoing(direction) + "[" + HexFormat.of().formatHex(payload) + "]";
  }
}
