package city.mycelium.driver.lorawan.internal.guard;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;

/**
 * Reads a JSON object that a stranger sent. How long it may be is for the caller to say, who has
 * the bytes; how deep it may nest and how many digits a number may have is said here. Safe for use
 * by many threads.
 */
public final class BoundedJson {

  /** None of the protocols read with this nests deeper than 8. */
  static final int MOST_DEPTH = 32;

  private static final String DEPTH = "org.eclipse.parsson.maxDepth";
  private static final String DIGITS = "org.eclipse.parsson.maxBigDecimalLength";
  private static final String SCALE = "org.eclipse.parsson.maxBigIntegerScale";

  // Made once, as it takes a search for the library; any thread may use it.
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(DEPTH, MOST_DEPTH, DIGITS, 128, SCALE, 400));

  private BoundedJson() {}

  /**
   * Reads the text. What follows the object is not looked at: programs in C send a zero byte after
   * it.
   *
   * @throws RefusedException if it does not begin with a JSON object within the bounds
   */
  public static JsonObject object(String text) throws RefusedException {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (RuntimeException | StackOverflowError e) { // the parser has a kind for each trouble
      throw new RefusedException("it is no JSON object: " + e.getMessage(), e);
    }
  }
}
