package city.mycelium.dialect.kura.internal;

/** Text that has a form in UTF-8. */
final class Text {

  private Text() {}

  /** The text with half surrogate pairs replaced by U+FFFD. */
  static String wellFormed(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(
            point ->
                Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)
                    ? 0xfffd
                    : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }
}
