package city.mycelium.api.dialect;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.observation.OffsetRange;

/** What is now known about offsets that were sent. */
public sealed interface Outcome {

  /**
   * They are there, by the proof that the Destination gives. May be a part of what a message was
   * sent for: then the rest is still open. Offsets never sent are ignored.
   */
  record Delivered(long epoch, OffsetRange offsets) implements Outcome {}

  /** They did not arrive, or nobody knows: send again what is still open of them. */
  record SendAgain(OffsetRange offsets, String why) implements Outcome {}

  /** They were too many for one message: send again what is still open of them, in smaller ones. */
  record TooLarge(OffsetRange offsets, String why) implements Outcome {}

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

  /**
   * What follows from an answer where the platform says nothing more exact: a success delivers;
   * 400, 415 and 422 reject for good, for the payload itself is at fault; everything else that went
   * wrong (a path that is not there, a login, a full disk) can be mended without touching the data,
   * so it goes again.
   */
  static Outcome usual(Link link, OffsetRange offsets, Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return refused.permanent()
          ? new Rejected(offsets, refused.why())
          : new SendAgain(offsets, refused.why());
    }
    if (answer instanceof Answer.TooLarge large) {
      return new TooLarge(offsets, large.why());
    }
    if (answer instanceof Answer.Replied replied) {
      if (replied.isSuccess()) {
        return new Delivered(link.epoch(), offsets);
      }
      String why = "the platform answers " + replied.status() + PlatformWords.of(replied);
      return switch (replied.status()) {
        case 400, 415, 422 -> new Rejected(offsets, why);
        case 413 -> new TooLarge(offsets, why);
        default -> new SendAgain(offsets, why);
      };
    }
    return new SendAgain(offsets, ((Answer.Unknown) answer).why());
  }
}
