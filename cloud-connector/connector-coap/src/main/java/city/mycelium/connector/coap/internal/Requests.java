package city.mycelium.connector.coap.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Verb;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;

/** Messages as CoAP requests to one base address (RFC 7252, 5.8 and 6.4; RFC 8132). */
final class Requests {

  private final CoapAddress base;

  /** Host and path of the base, which all requests begin with. */
  private final OptionSet beginning;

  Requests(CoapAddress base) {
    this.base = base;
    beginning = to(CoAP.Code.GET, base, "").getOptions();
  }

  Request of(Message message) {
    Request request = below(code(message.verb()), message.channel());
    OptionSet options = request.getOptions();
    if (message.payload().length > 0) {
      request.setPayload(message.payload());
      options.setContentFormat(ContentFormat.of(message.mediaType()));
    }
    for (Map.Entry<String, String> header : message.headers().entrySet()) {
      switch (header.getKey().toLowerCase(Locale.ROOT)) {
        case "accept" -> ContentFormat.known(header.getValue()).ifPresent(options::setAccept);
        case "if-none-match" -> options.setIfNoneMatch(header.getValue().strip().equals("*"));
        default -> {
          // HTTP's other fields have no like in CoAP (RFC 8075, 6.1, lists those that have).
        }
      }
    }
    return request;
  }

  /** Asks for what is in an inbound channel, and for whatever comes there later (RFC 7641). */
  Request observing(String channel) {
    Request request = below(CoAP.Code.GET, channel);
    request.setObserve();
    return request;
  }

  private Request below(CoAP.Code code, String reference) {
    Request request = new Request(code);
    request.setScheme(base.transport().scheme);
    request.setOptions(new OptionSet(beginning));
    add(request.getOptions(), reference);
    return request;
  }

  /**
   * A request to a relative reference below an address.
   *
   * @param reference a path with its query, both percent-encoded; may be empty
   */
  static Request to(CoAP.Code code, CoapAddress address, String reference) {
    Request request = new Request(code);
    request.setScheme(address.transport().scheme);
    OptionSet options = request.getOptions();
    if (address.isNamed()) {
      options.setUriHost(address.host().toLowerCase(Locale.ROOT));
    }
    addSegments(options, address.path());
    add(options, reference);
    return request;
  }

  private static void add(OptionSet options, String reference) {
    int query = reference.indexOf('?');
    addSegments(options, query < 0 ? reference : reference.substring(0, query));
    if (query >= 0) {
      for (String part : reference.substring(query + 1).split("&", -1)) {
        options.addUriQuery(decoded(part));
      }
    }
  }

  private static void addSegments(OptionSet options, String path) {
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        options.addUriPath(decoded(segment));
      }
    }
  }

  private static CoAP.Code code(Verb verb) {
    return switch (verb) {
      case POST -> CoAP.Code.POST;
      case PUT -> CoAP.Code.PUT;
      case PATCH -> CoAP.Code.PATCH;
      case GET -> CoAP.Code.GET;
      case DELETE -> CoAP.Code.DELETE;
    };
  }

  /** RFC 3986, 2.1. A percent sign that begins nothing stands for itself. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write((high << 4) | low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
