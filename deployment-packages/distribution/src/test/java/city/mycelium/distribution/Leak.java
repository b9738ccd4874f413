package city.mycelium.distribution;

import city.mycelium.api.connector.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Looks for what must not be there in all that a message is made of. */
final class Leak {

  private Leak() {}

  /**
   * A coordinate of a place.
   *
   * @param exact WGS 84 degrees with seven digits
   * @param told how many digits of it may be told; -1 for none
   */
  record Degrees(double exact, int told) {

    /** One digit more than may be told, cut and not rounded. */
    private String text() {
      String digits = String.format(Locale.ROOT, "%.7f", exact);
      return digits.substring(0, digits.indexOf('.') + 1 + Math.max(told + 2, 4));
    }

    private List<String> binary() {
      List<String> forms = new ArrayList<>();
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        forms.add(latin(ByteBuffer.allocate(8).order(order).putDouble(exact).array()));
        forms.add(latin(ByteBuffer.allocate(4).order(order).putFloat((float) exact).array()));
        forms.add(
            latin(
                ByteBuffer.allocate(4).order(order).putInt((int) Math.round(exact * 1e7)).array()));
        forms.add(
            latin(
                ByteBuffer.allocate(4).order(order).putInt((int) Math.round(exact * 1e6)).array()));
      }
      return forms;
    }
  }

  /** What has leaked, empty if nothing did. */
  static String find(Message message, List<String> secrets, List<Degrees> places) {
    String all = everything(message);
    for (String secret : secrets) {
      if (all.contains(secret)) {
        return secret;
      }
    }
    for (Degrees place : places) {
      if (place.told() < 7
          && (all.contains(place.text()) || place.binary().stream().anyMatch(all::contains))) {
        return place.text() + "…";
      }
    }
    return "";
  }

  /** As it is, unpacked if it is packed, and without the ways of writing that hide a text. */
  private static String everything(Message message) {
    String channel = message.channel();
    String payload = latin(unpacked(message.payload()));
    StringBuilder all = new StringBuilder();
    all.append(channel).append('\n').append(percentDecoded(channel)).append('\n');
    message
        .headers()
        .forEach((name, value) -> all.append(name).append(' ').append(value).append('\n'));
    all.append(message.mediaType()).append('\n').append(payload).append('\n');
    all.append(percentDecoded(payload)).append('\n').append(base64Decoded(payload));
    return all.toString();
  }

  private static byte[] unpacked(byte[] payload) {
    if (payload.length < 2 || payload[0] != 0x1f || payload[1] != (byte) 0x8b) {
      return payload;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
      return in.readAllBytes();
    } catch (IOException e) {
      return payload; // it only looked like it
    }
  }

  private static String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) { // a percent sign that means itself
      return "";
    }
  }

  private static String base64Decoded(String text) {
    StringBuilder decoded = new StringBuilder();
    for (String run : text.split("[^A-Za-z0-9+/_-]+")) {
      if (run.length() >= 16) {
        String standard = run.replace('-', '+').replace('_', '/');
        try {
          decoded.append(latin(Base64.getDecoder().decode(standard))).append('\n');
        } catch (IllegalArgumentException e) {
          // A long word is not always base64.
        }
      }
    }
    return decoded.toString();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Messages that leak it, each in another way. */
  static List<Message> examples(String secret, double degrees) {
    byte[] text = ("{\"name\":\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] place = ("{\"lat\":" + degrees + "}").getBytes(StandardCharsets.UTF_8);
    byte[] none = {};
    return List.of(
        Message.post("data", "application/json", text),
        Message.post("data", "application/json", place),
        Message.post("data/" + secret, "application/json", none),
        Message.post("data", "application/json", none).with(Map.of("X-Name", secret)),
        Message.post("data", "application/gzip", packed(text)),
        Message.post("data", "text/plain", Base64.getEncoder().encode(text)),
        Message.post(
            "data", "application/octet-stream", ByteBuffer.allocate(8).putDouble(degrees).array()),
        Message.post(
            "data",
            "application/octet-stream",
            ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(degrees).array()));
  }

  private static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.toByteArray();
  }
}
