package city.mycelium.receiver.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes lines of comma-separated values (RFC 4180, 2) in UTF-8. */
final class Csv {

  /** RFC 4180, 3. */
  static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

  private final Writer out;

  Csv(OutputStream out) {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  /** One line; null is an empty field. */
  void line(@Nullable Object... fields) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      Object field = fields[i];
      if (field != null) {
        out.write(quoted(field.toString()));
      }
    }
    out.write("\r\n");
  }

  void flush() throws IOException {
    out.flush();
  }

  private static String quoted(String field) {
    boolean plain =
        field
            .chars()
            .noneMatch(character -> character == ',' || character == '"' || character < ' ');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
