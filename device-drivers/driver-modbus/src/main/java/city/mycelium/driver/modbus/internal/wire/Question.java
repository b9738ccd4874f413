package city.mycelium.driver.modbus.internal.wire;

import city.mycelium.api.device.DeviceException;
import java.util.Arrays;

/**
 * A question for consecutive registers or bits, and what its answer says (Application Protocol
 * V1.1b3, 6.1 to 6.4).
 *
 * @param function 1 to 4
 * @param place what is asked for, in words for a person
 */
public record Question(int function, int address, int count, String place) {

  /** What is set in the function code of an answer that refuses (7). */
  static final int REFUSAL = 0x80;

  /** Bytes of a refusal: function and reason. */
  static final int REFUSAL_BYTES = 2;

  private static final int LAST_OF_BITS = 2;
  private static final int HEAD = 2;

  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_ADDRESS = 2;
  private static final int ILLEGAL_VALUE = 3;
  private static final int DEVICE_FAILURE = 4;
  private static final int ACKNOWLEDGE = 5;
  private static final int BUSY = 6;
  private static final int MEMORY_PARITY = 8;
  private static final int NO_PATH = 0x0A;
  private static final int NO_ANSWER = 0x0B;

  /** The question as it goes over the line, without what its transport adds. */
  public byte[] pdu() {
    return new byte[] {
      (byte) function, (byte) (address >> 8), (byte) address, (byte) (count >> 8), (byte) count
    };
  }

  /** How many bytes of data the answer to a question has. */
  static int dataBytes(byte[] question) {
    int count = (question[3] & 0xFF) << 8 | (question[4] & 0xFF);
    return question[0] <= LAST_OF_BITS ? (count + 7) / 8 : 2 * count;
  }

  /** How many bytes the answer to a question has if it is not refused. */
  static int answerBytes(byte[] question) {
    return HEAD + dataBytes(question);
  }

  /** Whether bytes can be the answer to a question: it says the same function and the length. */
  static boolean fits(byte[] question, byte[] answer) {
    if (answer.length == REFUSAL_BYTES) {
      return (answer[0] & 0xFF) == (question[0] | REFUSAL);
    }
    return answer.length == answerBytes(question)
        && answer[0] == question[0]
        && (answer[1] & 0xFF) == dataBytes(question);
  }

  /** Whether the device refuses because of what was asked for, or how much: less may be taken. */
  public boolean wantsLess(byte[] answer) {
    return isRefusal(answer) && (answer[1] == ILLEGAL_ADDRESS || answer[1] == ILLEGAL_VALUE);
  }

  /**
   * What the answer says.
   *
   * @return two bytes for each register, or eight bits to a byte
   * @throws DeviceException if the device refuses, with its reason in words (7)
   */
  public byte[] data(byte[] answer) throws DeviceException {
    if (isRefusal(answer)) {
      throw refused(answer[1] & 0xFF);
    }
    if (!fits(pdu(), answer)) {
      throw DeviceException.corrupt(
          "the answer for "
              + place
              + " has another length or function than the question: report it");
    }
    return Arrays.copyOfRange(answer, HEAD, answer.length);
  }

  private static boolean isRefusal(byte[] answer) {
    return answer.length == REFUSAL_BYTES && (answer[0] & REFUSAL) != 0;
  }

  private DeviceException refused(int reason) {
    String exception = " (Modbus exception " + reason + ")";
    return switch (reason) {
      case ILLEGAL_FUNCTION ->
          DeviceException.config(
              "the device does not know function "
                  + function
                  + ", with which its profile reads "
                  + place
                  + exception
                  + ": is it another model? Choose its profile with type, or mend 'function' in"
                  + " yours");
      case ILLEGAL_ADDRESS ->
          DeviceException.config(
              "the device has no "
                  + place
                  + exception
                  + ": is it another model? Choose its profile with type; in a profile of your own"
                  + " check the address: it counts from 0");
      case ILLEGAL_VALUE ->
          DeviceException.config(
              "the device does not let "
                  + count
                  + " be read at "
                  + place
                  + exception
                  + ": lower maxRegisters in its profile, or check the type");
      case DEVICE_FAILURE, MEMORY_PARITY ->
          DeviceException.corrupt(
              "the device says that it failed to read "
                  + place
                  + exception
                  + ": switch it off and on; if that does not help, it is broken");
      case ACKNOWLEDGE, BUSY ->
          DeviceException.unreachable(
              "the device is busy with something longer" + exception + ": it is asked again");
      case NO_PATH ->
          DeviceException.unreachable(
              "the Modbus gateway has no way to this unit"
                  + exception
                  + ": check unitId, and the table of units in that gateway");
      case NO_ANSWER ->
          DeviceException.unreachable(
              "the Modbus gateway is there, but the device behind it does not answer"
                  + exception
                  + ": check unitId, that device's power, and the RS-485 line between the two");
      default -> DeviceException.corrupt("the device refuses to tell " + place + exception);
    };
  }
}
