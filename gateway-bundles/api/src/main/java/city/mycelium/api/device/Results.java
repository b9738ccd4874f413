package city.mycelium.api.device;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;

/**
 * Where a device class puts what its device says, by the names in its description. For one thread,
 * and only during the call that it was handed to. What was put counts only if that call returns:
 * one that throws gives nothing.
 */
public interface Results {

  /**
   * Puts a result.
   *
   * @param output as in the description
   * @throws IllegalArgumentException if the description has no such output, or it has a result
   */
  void put(String output, Result result);

  /**
   * Puts a result that has a time of its own, whatever {@link #at} says: a meter tells of another
   * meter what that one said a while ago. Putting it again, with the same time, does no harm.
   *
   * @throws IllegalArgumentException as {@link #put(String, Result)}
   */
  void put(String output, Result result, PhenomenonTime time);

  /** Puts a number, in the unit of its output; one that is not finite is refused. */
  default void number(String output, double value) {
    put(output, new Result.Measurement(value));
  }

  /** Puts a truth. */
  default void truth(String output, boolean value) {
    put(output, new Result.Truth(value));
  }

  /** Puts a total that only grows until the device resets. */
  default void counter(String output, long value) {
    put(output, new Result.Counter(value));
  }

  /** Puts a word out of a controlled list. */
  default void category(String output, String word) {
    put(output, new Result.Category(word));
  }

  /** The results of this call are of this time, because the device knows it better than we do. */
  void at(PhenomenonTime time);
}
