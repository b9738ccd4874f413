package city.mycelium.dialect.senml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** The golden files that are part of docs/wire.md. */
public final class Golden {

  private Golden() {}

  /** JSON as it travels: the line breaks between records are there for readers only. */
  public static byte[] json(String name) {
    return text(name).replace("\n", "").getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes written as hexadecimal digits with comments after {@code #}. */
  public static byte[] hex(String name) {
    StringBuilder digits = new StringBuilder();
    text(name).lines().forEach(line -> digits.append(line.replaceAll("#.*|\\s", "")));
    return HexFormat.of().parseHex(digits);
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
