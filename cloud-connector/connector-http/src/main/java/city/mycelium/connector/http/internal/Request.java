package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What goes onto the wire for a message, but for the login. Immutable.
 *
 * @param isZipped whether the body is compressed
 */
@SuppressWarnings("ArrayRecordComponent") // travels, nobody compares it
record Request(Verb verb, URI address, Map<String, String> headers, byte[] body, boolean isZipped) {

  /** A message that cannot go as it is; the message of this is for a person. */
  static final class UnsayableException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    UnsayableException(String why) {
      super(why);
    }
  }

  /**
   * Of a message.
   *
   * @param mayZip whether the platform is believed to take compressed bodies
   * @throws UnsayableException if it would say what is not its to say
   */
  static Request of(Message message, HttpSettings settings, boolean mayZip)
      throws UnsayableException {
    URI address;
    try {
      address = settings.base().below(message.channel());
    } catch (URISyntaxException e) {
      throw new UnsayableException(
          "the path '" + Verdict.withoutSecrets(message.channel(), 100) + "': " + e.getReason());
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      String wrong = HeaderLine.wrong(header.getKey(), header.getValue());
      if (wrong != null) {
        throw new UnsayableException("a header: " + wrong);
      }
      headers.put(header.getKey(), header.getValue());
    }
    headers.putAll(settings.headers());
    byte[] body = message.payload();
    boolean isZipped = false;
    if (body.length > 0) {
      String type = message.mediaType();
      String wrong = HeaderLine.wrong("media-type", type);
      if (wrong != null) {
        throw new UnsayableException("the media type: " + wrong);
      }
      headers.put("Content-Type", type);
      byte[] zipped =
          mayZip && settings.gzipFromBytes() > 0 && body.length >= settings.gzipFromBytes()
              ? zip(body)
              : null;
      if (zipped != null && zipped.length < body.length) {
        headers.put("Content-Encoding", "gzip"); // RFC 9110, 8.4.1.3
        body = zipped;
        isZipped = true;
      }
    }
    return new Request(message.verb(), address, headers, body, isZipped);
  }

  private static byte @Nullable [] zip(byte[] payload) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(payload.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return zipped.toByteArray();
  }
}
