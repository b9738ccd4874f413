package city.mycelium.connector.coap.internal;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The numbers that stand for media types (IANA, CoAP Content-Formats; RFC 7252, 12.3). */
final class ContentFormat {

  static final int TEXT = 0;
  static final int LINK_FORMAT = 40;
  static final int OCTET_STREAM = 42;

  private static final String ANY = "application/octet-stream";

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("text/plain", TEXT),
          Map.entry("application/link-format", LINK_FORMAT),
          Map.entry("application/xml", 41),
          Map.entry(ANY, OCTET_STREAM),
          Map.entry("application/exi", 47),
          Map.entry("application/json", 50),
          Map.entry("application/json-patch+json", 51),
          Map.entry("application/merge-patch+json", 52),
          Map.entry("application/cbor", 60),
          Map.entry("application/cwt", 61),
          Map.entry("application/multipart-core", 62),
          Map.entry("application/cbor-seq", 63),
          Map.entry("application/senml+json", 110),
          Map.entry("application/sensml+json", 111),
          Map.entry("application/senml+cbor", 112),
          Map.entry("application/sensml+cbor", 113),
          Map.entry("application/senml-exi", 114),
          Map.entry("application/sensml-exi", 115),
          Map.entry("application/senml-etch+json", 320),
          Map.entry("application/senml-etch+cbor", 322),
          Map.entry("application/td+json", 432));

  private ContentFormat() {}

  /** What stands for the type; for one that has no number, the number of plain bytes. */
  static int of(String mediaType) {
    return known(mediaType).orElse(OCTET_STREAM);
  }

  /** What stands for the type, if it has a number. */
  static OptionalInt known(String mediaType) {
    int parameters = mediaType.indexOf(';');
    String bare =
        (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
            .strip()
            .toLowerCase(Locale.ROOT);
    Integer number = NUMBERS.get(bare);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** What the number stands for; plain bytes if it is not known here. */
  static String mediaType(int number) {
    return NUMBERS.entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(ANY);
  }
}
