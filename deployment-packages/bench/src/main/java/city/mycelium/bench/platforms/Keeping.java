package city.mycelium.bench.platforms;

import city.mycelium.api.dialect.ToldObservation;
import org.jspecify.annotations.Nullable;

/** By what a platform knows again what it has; the facts and the pages in docs/ say which. */
enum Keeping {
  /** By gateway, epoch and offset: what has a name that is there already is dropped. */
  IDENTITY("by identity"),
  /** By series and time: the later value of the same time replaces the earlier. */
  POINT("by series and time"),
  /** By series and time, and only the newest matters: one that came too late may be passed over. */
  NEWEST("the newest of each series"),
  /** By nothing: a repeat is stored beside what it repeats. */
  APPENDED("by nothing: each message is stored");

  private final String meaning;

  Keeping(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  /** Null if nothing is known again. */
  @Nullable String key(ToldObservation told) {
    return switch (this) {
      case IDENTITY -> String.valueOf(told.identity());
      case POINT, NEWEST -> series(told) + "|" + told.phenomenonTime();
      case APPENDED -> null;
    };
  }

  static String series(ToldObservation told) {
    return told.source() + "|" + told.name();
  }
}
