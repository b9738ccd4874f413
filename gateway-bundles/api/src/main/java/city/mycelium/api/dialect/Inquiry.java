package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Message;
import java.util.function.Function;

/**
 * How a platform is asked whether it holds an Observation that it was told.
 *
 * @param question with {@link city.mycelium.api.connector.Verb#GET}; tells nothing that was not
 *     told with the Observation
 * @param reading what an answer means; pure, and throws at none, however odd
 */
public record Inquiry(Message question, Function<Answer.Replied, Finding> reading) {

  /**
   * What the platform's answer says.
   *
   * @param isHeld whether it holds the Observation, or what has taken its place since
   * @param sentence for a person: what it holds, or what it said instead
   */
  public record Finding(boolean isHeld, String sentence) {}
}
