package city.mycelium.dialect.ngsild.internal;

import java.io.Serial;

/** What the data model has no words for; the text is a sentence for a person. */
final class UnspeakableException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UnspeakableException(String why) {
    super(why);
  }
}
