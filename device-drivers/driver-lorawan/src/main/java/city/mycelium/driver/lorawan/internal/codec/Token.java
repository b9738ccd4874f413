package city.mycelium.driver.lorawan.internal.codec;

/**
 * A piece of a script that means something; blanks and comments are none.
 *
 * @param kind what it is
 * @param start its first character in the script
 * @param end behind its last one
 * @param text the characters, of words, numbers and punctuation; empty for the others
 * @param line from 1
 */
record Token(Kind kind, int start, int end, String text, int line) {

  /** What stands before the first and behind the last. */
  static final Token NONE = new Token(Kind.PUNCTUATION, 0, 0, "", 0);

  enum Kind {
    /** A name or a keyword. */
    WORD,
    NUMBER,
    /** A string, a piece of a template string, or a regular expression. */
    LITERAL,
    PUNCTUATION
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isPunctuation(String sign) {
    return kind == Kind.PUNCTUATION && text.equals(sign);
  }
}
