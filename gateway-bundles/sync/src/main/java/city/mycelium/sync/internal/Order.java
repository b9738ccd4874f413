package city.mycelium.sync.internal;

import java.util.Locale;

/** What goes first when more waits than can go. */
public enum Order {
  /** As it was received. */
  OLDEST_FIRST,
  /** What is happening now; the backlog is filled behind it, from its newest end. */
  NEWEST_FIRST;

  /**
   * Reads {@code oldest-first} or {@code newest-first}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Order of(String text) {
    for (Order order : values()) {
      if (order.toString().equals(text)) {
        return order;
      }
    }
    throw new IllegalArgumentException(
        "order is 'oldest-first' or 'newest-first', not '" + text + "'");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
