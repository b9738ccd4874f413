package city.mycelium.api.dialect;

import city.mycelium.api.observation.OffsetRange;

/** What is now known about offsets that were sent. */
public sealed interface Outcome {

  /** They are there, by the proof that the Destination gives. Offsets never sent are ignored. */
  record Delivered(long epoch, OffsetRange offsets) implements Outcome {}

  /** They did not arrive, or nobody knows: send them again. */
  record SendAgain(OffsetRange offsets, String why) implements Outcome {}

  /**
   * The far end has later ones, but says that it lacks these: they were dropped before they were
   * sent, they are still on their way, or it lost them.
   */
  record Missing(long epoch, OffsetRange offsets) implements Outcome {}

  /** The platform will never take them as they are. */
  record Rejected(OffsetRange offsets, String why) implements Outcome {}

  /**
   * The far end said something that cannot be understood; nothing follows from it.
   *
   * @param why for a person
   */
  record Unintelligible(String why) implements Outcome {}
}
