package city.mycelium.consent.internal;

import city.mycelium.api.observation.Datastream;

/**
 * A Datastream id in which each {@code *} stands for any run of characters, none included. Held
 * against the raw id also for an aggregate, whose own ending says nothing about whose data it is: a
 * {@code *10*} that means a device must not let every PT10M go.
 */
record DatastreamPattern(String text) {

  DatastreamPattern {
    if (text.isEmpty() || text.length() > 128) {
      throw new IllegalArgumentException(
          "a datastream pattern has 1 to 128 characters, but this has " + text.length());
    }
  }

  boolean matches(Datastream datastream) {
    return matches(datastream.rawId().value());
  }

  /**
   * Lets each star take as little as it can, and goes back only to the last one: that it could do
   * with less never helps an earlier one. So the work grows with the product of the two lengths.
   */
  private boolean matches(String id) {
    int at = 0;
    int next = 0;
    int star = -1;
    int taken = 0;
    while (next < id.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        taken = next;
      } else if (at < text.length() && text.charAt(at) == id.charAt(next)) {
        at++;
        next++;
      } else if (star >= 0) {
        at = star + 1;
        next = ++taken;
      } else {
        return false;
      }
    }
    return text.substring(at).replace("*", "").isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }
}
