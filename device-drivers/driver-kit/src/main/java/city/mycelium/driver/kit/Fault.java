package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * What goes wrong between a device class and its device. Transfers count from 0, from the moment
 * when the fake bus was made.
 */
public interface Fault {

  /** Nothing goes wrong. */
  Fault NONE = new Fault() {};

  /**
   * Before the device hears anything.
   *
   * @throws DeviceException UNREACHABLE if it hears nothing of this transfer
   */
  default void before(int transfer) throws DeviceException {}

  /**
   * What arrives of an answer, each byte 0 to 255. Shorter than the answer where the rest is
   * missing; what that looks like is a matter of the bus.
   */
  default int[] arrives(int transfer, int[] answer) {
    return answer;
  }

  /** One bit of one answer arrives as its opposite. */
  static Fault flip(int transfer, int bit) {
    return changing(
        transfer,
        answer -> {
          int[] changed = answer.clone();
          changed[bit / 8] ^= 0x80 >> (bit % 8);
          return changed;
        });
  }

  /** One bit of every byte arrives as its opposite, in every answer. */
  static Fault flipAll(int bit) {
    return new Fault() {
      @Override
      public int[] arrives(int transfer, int[] answer) {
        return Arrays.stream(answer).map(b -> b ^ 0x80 >> bit).toArray();
      }
    };
  }

  /** One answer breaks off after so many bytes. */
  static Fault cut(int transfer, int bytes) {
    return changing(transfer, answer -> Arrays.copyOf(answer, Math.min(bytes, answer.length)));
  }

  /** One answer breaks off after so many bytes, and from then on nothing answers. */
  static Fault unplugged(int transfer, int bytes) {
    Fault cut = cut(transfer, bytes);
    Fault gone = deaf(transfer + 1, Integer.MAX_VALUE);
    return new Fault() {
      @Override
      public void before(int number) throws DeviceException {
        gone.before(number);
      }

      @Override
      public int[] arrives(int number, int[] answer) {
        return cut.arrives(number, answer);
      }
    };
  }

  /** From this transfer on, for so many, nothing acknowledges. */
  static Fault deaf(int from, int count) {
    return new Fault() {
      @Override
      public void before(int transfer) throws DeviceException {
        if (transfer >= from && transfer - from < count) {
          throw DeviceException.unreachable("nothing acknowledges (as the driver kit wants it)");
        }
      }
    };
  }

  /** Every byte of every answer from this transfer on is this one. */
  static Fault stuck(int from, int value) {
    return new Fault() {
      @Override
      public int[] arrives(int transfer, int[] answer) {
        if (transfer < from) {
          return answer;
        }
        int[] changed = new int[answer.length];
        Arrays.fill(changed, value);
        return changed;
      }
    };
  }

  /** Every answer from this transfer on is noise. */
  static Fault garbage(int from, long seed) {
    Random random = new Random(seed);
    return new Fault() {
      @Override
      public int[] arrives(int transfer, int[] answer) {
        return transfer < from ? answer : random.ints(answer.length, 0, 256).toArray();
      }
    };
  }

  /** Instead of this answer, that of the transfer with an answer before it comes once more. */
  static Fault again(int transfer) {
    return new Fault() {
      private int[] last = new int[0];

      @Override
      public int[] arrives(int number, int[] answer) {
        int[] arriving =
            number == transfer ? Arrays.copyOf(last, Math.min(last.length, answer.length)) : answer;
        if (answer.length > 0) {
          last = answer;
        }
        return arriving;
      }
    };
  }

  private static Fault changing(int transfer, UnaryOperator<int[]> change) {
    return new Fault() {
      @Override
      public int[] arrives(int number, int[] answer) {
        return number == transfer ? change.apply(answer) : answer;
      }
    };
  }
}
