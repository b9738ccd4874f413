package city.mycelium.driver.push.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What became of the messages of one request. */
sealed interface Verdict {

  /**
   * What to answer.
   *
   * @param whenKept makes the answer to what is kept, from {@link Kept#refusals}
   */
  Answer answer(Function<Map<Integer, List<String>>, Answer> whenKept);

  /**
   * What is good in them is synced to the medium.
   *
   * @param refusals reasons by the index of the message; nothing of what they name is kept
   */
  record Kept(Map<Integer, List<String>> refusals) implements Verdict {
    public Kept {
      refusals = Map.copyOf(refusals);
    }

    @Override
    public Answer answer(Function<Map<Integer, List<String>>, Answer> whenKept) {
      return whenKept.apply(refusals);
    }
  }

  /** Nothing of them is kept, for a reason that does not lie in them. */
  record TurnedAway(Answer answer) implements Verdict {
    @Override
    public Answer answer(Function<Map<Integer, List<String>>, Answer> whenKept) {
      return answer;
    }
  }
}
