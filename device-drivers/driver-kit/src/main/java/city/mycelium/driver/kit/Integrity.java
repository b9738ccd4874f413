package city.mycelium.driver.kit;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What a device offers against damage on the way: said by its test, and held against it. Immutable.
 */
public final class Integrity {

  private final String says;
  private final Predicate<Transfer> unprotected;
  private final boolean full;

  private Integrity(String says, Predicate<Transfer> unprotected, boolean full) {
    this.says = says;
    this.unprotected = unprotected;
    this.full = full;
  }

  /**
   * Every answer is protected: whatever single bit flips, it is noticed.
   *
   * @param by what: {@code CRC-8 over each word}
   */
  public static Integrity full(String by) {
    return new Integrity(by, transfer -> false, true);
  }

  /**
   * The device itself offers nothing, so that damage may go unseen.
   *
   * @param why where its maker says so
   */
  public static Integrity none(String why) {
    return new Integrity("NONE: " + why, transfer -> true, false);
  }

  /**
   * Everything but the answers to these questions is protected.
   *
   * @param what what is protected how, and what is not
   * @param questions as {@link Transfer#said}: {@code D0}
   */
  public static Integrity except(String what, String... questions) {
    Set<String> unprotected = Set.of(questions);
    return new Integrity(
        "PARTLY: " + what, transfer -> unprotected.contains(transfer.said()), false);
  }

  /** Whether damage to this answer has to be noticed. */
  boolean protects(Transfer transfer) {
    return !unprotected.test(transfer);
  }

  boolean isFull() {
    return full;
  }

  @Override
  public String toString() {
    return says;
  }
}
