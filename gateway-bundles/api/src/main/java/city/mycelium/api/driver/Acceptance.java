package city.mycelium.api.driver;

import java.util.List;

/**
 * What became of a submission. The four counts add up to its size.
 *
 * @param accepted are Observations now, with an identity
 * @param held are kept durably until their device is adopted
 * @param repeated were here before, and are not counted again
 * @param refusals are not kept, with the reason
 */
public record Acceptance(int accepted, int held, int repeated, List<Refusal> refusals) {

  public Acceptance {
    refusals = List.copyOf(refusals);
  }

  /**
   * One Reading that cannot be kept.
   *
   * @param index its place in the submission, from 0
   * @param why for a person: what is wrong and what to do
   */
  public record Refusal(int index, String why) {}
}
