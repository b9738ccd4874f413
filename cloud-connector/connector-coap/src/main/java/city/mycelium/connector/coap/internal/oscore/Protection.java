package city.mycelium.connector.coap.internal.oscore;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.DataSerializer;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;
import org.eclipse.californium.elements.util.DatagramWriter;
import org.jspecify.annotations.Nullable;

/**
 * Protects requests and opens their responses (RFC 8613, 8.1 and 8.4) on one association. What
 * comes back is a response that the server gave to just that request, or {@link Unverified}. For
 * one thread.
 */
public final class Protection implements AutoCloseable {

  /** Requests whose answers never came are forgotten after so many more. */
  private static final int MOST_ASKED = 4_096;

  private final SecurityContext context;
  private final SequenceNumbers numbers;

  /** What is asked now, by token. */
  private final Map<Token, byte[]> asked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Token, byte[]> eldest) {
          return size() > MOST_ASKED;
        }
      };

  private final Map<Token, Observation> observed = new HashMap<>();
  private final UdpDataParser parser = new UdpDataParser();

  private static final int NOTHING_YET = -2;
  private static final int UNNUMBERED = -1;

  /** What is listened to: with which number it was asked for, and how far it was told. */
  private static final class Observation {
    final byte[] number;
    long latest = NOTHING_YET;

    Observation(byte[] number) {
      this.number = number;
    }
  }

  /**
   * With a context.
   *
   * @param numbers the context's own; closed with this
   */
  public Protection(SecurityContext context, SequenceNumbers numbers) {
    this.context = context;
    this.numbers = numbers;
  }

  /**
   * The request as it goes out (RFC 8613, 8.1): with the type, message id and token of the given
   * one. Each call uses up a number, so what is to be repeated is repeated as it is.
   *
   * @param request has its token
   * @throws SequenceException if there is no number for it; says what to do
   */
  public Request protect(Request request) throws SequenceException {
    byte[] number = fewestBytes(numbers.next());
    boolean observes = request.isObserve();
    OptionSet inner = new OptionSet();
    // RFC 8613, 4.2: a GET is seen as a POST, and what is to be observed as a FETCH.
    Request outer = new Request(observes ? CoAP.Code.FETCH : CoAP.Code.POST, request.getType());
    for (Option option : request.getOptions().asSortedList()) {
      switch (option.getNumber()) {
        case OptionNumberRegistry.OSCORE -> {
          // Ours is the only one.
        }
        case OptionNumberRegistry.URI_HOST,
            OptionNumberRegistry.URI_PORT,
            OptionNumberRegistry.PROXY_URI,
            OptionNumberRegistry.PROXY_SCHEME ->
            outer.getOptions().addOption(option); // class U of RFC 8613, 4.1
        case OptionNumberRegistry.OBSERVE -> { // 4.1.3.5: both
          inner.addOption(option);
          outer.getOptions().addOption(option);
        }
        default -> inner.addOption(option); // class E, and blocks of our own making (4.1.3.4.1)
      }
    }
    DatagramWriter plain = new DatagramWriter();
    plain.write(request.getRawCode(), Byte.SIZE);
    DataSerializer.serializeOptionsAndPayload(plain, inner, request.getPayload());
    outer
        .getOptions()
        .setOscore(new OscoreOption(number, context.idContext(), context.senderId()).encoded());
    outer.setMID(request.getMID());
    Token token = request.getToken();
    outer.setToken(token);
    outer.setPayload(context.encrypt(number, plain.toByteArray()));
    if (observes) {
      asked.remove(token);
      observed.put(token, new Observation(number));
    } else {
      observed.remove(token);
      asked.put(token, number);
    }
    return outer;
  }

  /** The response as the server gave it (RFC 8613, 8.4), or one that is not believed. */
  public Response open(Response outer) {
    Observation observation = observed.get(outer.getToken());
    boolean notifies = observation != null && outer.isSuccess() && outer.getOptions().hasObserve();
    byte[] number = observation == null ? asked.get(outer.getToken()) : observation.number;
    if (!outer.getOptions().hasOscore()) {
      return new Unverified(Unverified.Why.UNPROTECTED, outer, notifies);
    }
    OscoreOption option = OscoreOption.decoded(outer.getOptions().getOscore());
    if (number == null || option == null || !isTheServers(option)) {
      return new Unverified(Unverified.Why.FORGED, outer, notifies);
    }
    byte[] plain = context.decrypt(number, option.number(), outer.getPayload());
    Response inner = plain == null ? null : read(plain);
    if (inner == null) {
      return new Unverified(Unverified.Why.FORGED, outer, notifies);
    }
    if (inner.getOptions().hasObserve()) {
      if (!notifies) {
        inner.getOptions().removeObserve(); // RFC 8613, 4.1.3.5.2: it counts if both say so
      } else if (!isNews(observation, option, inner)) {
        return new Unverified(Unverified.Why.REPLAYED, outer, true);
      }
    }
    asked.remove(outer.getToken());
    inner.setType(outer.getType());
    inner.setMID(outer.getMID());
    inner.setToken(outer.getToken());
    return inner;
  }

  /** RFC 8613, 7.4.1: a notification's place is its number; the first may have none (4.1.3.5.2). */
  private static boolean isNews(
      @Nullable Observation observation, OscoreOption option, Response inner) {
    if (observation == null) {
      return false;
    }
    long number = option.number() == null ? UNNUMBERED : value(option.number());
    if (number <= observation.latest) {
      return false;
    }
    observation.latest = number;
    inner.getOptions().setObserve((int) (Math.max(0, number) & 0xFF_FFFF));
    return true;
  }

  private boolean isTheServers(OscoreOption option) {
    return option.kid() == null || Arrays.equals(option.kid(), context.recipientId());
  }

  private @Nullable Response read(byte[] plain) {
    if (plain.length == 0) {
      return null;
    }
    try {
      Response inner = new Response(CoAP.ResponseCode.valueOf(plain[0] & 0xFF));
      DatagramReader reader = new DatagramReader(plain);
      reader.readNextByte();
      parser.parseOptionsAndPayload(reader, inner);
      return inner;
    } catch (MessageFormatException e) { // made with the key, and no CoAP all the same
      return null;
    }
  }

  /** RFC 8613, 5: in network byte order, without leading zeros; 0 is one byte. */
  static byte[] fewestBytes(long number) {
    int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 7) / 8);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = (byte) (number >> (8 * i));
    }
    return bytes;
  }

  private static long value(byte[] number) {
    long value = 0;
    for (byte one : number) {
      value = (value << 8) | (one & 0xFF);
    }
    return value;
  }

  @Override
  public void close() {
    numbers.close();
  }
}
