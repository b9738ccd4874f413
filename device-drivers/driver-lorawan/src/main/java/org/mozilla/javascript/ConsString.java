package org.mozilla.javascript;

import city.mycelium.driver.lorawan.internal.codec.Watch;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two strings of a script one after the other, put together when somebody looks: stands in our
 * bundle for Rhino's class of this name, which has no bound. Thirty times {@code s += s} would cost
 * nothing, and the first look at it two gigabytes. There is no other way to limit the operator.
 *
 * <p>Used by the one thread that runs the script.
 */
public class ConsString implements CharSequence, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  /** What needs no question whether it is too long. */
  private static final int SHORT = 1 << 14;

  private final int length;
  private CharSequence left;
  private CharSequence right;

  public ConsString(CharSequence left, CharSequence right) {
    long sum = (long) left.length() + right.length();
    if (sum > SHORT) {
      Watch.checkCharacters(sum);
    }
    this.left = left;
    this.right = right;
    this.length = (int) sum;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return toString().charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    if (!(left instanceof String) || !right.isEmpty()) {
      left = joined();
      right = "";
    }
    return (String) left;
  }

  /** Without recursion: a script may have added a hundred thousand times. */
  private String joined() {
    StringBuilder text = new StringBuilder(length);
    Deque<CharSequence> rest = new ArrayDeque<>();
    rest.push(right);
    rest.push(left);
    while (!rest.isEmpty()) {
      CharSequence next = rest.pop();
      if (next instanceof ConsString pair) {
        rest.push(pair.right);
        rest.push(pair.left);
      } else {
        text.append(next);
      }
    }
    return text.toString();
  }
}
