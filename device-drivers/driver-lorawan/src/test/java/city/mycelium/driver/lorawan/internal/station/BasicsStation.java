package city.mycelium.driver.lorawan.internal.station;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/**
 * A LoRa Basics Station as it looks from the network: one WebSocket over a real socket, and the
 * messages that the original sends. Takes frames apart by itself; knows nothing of the server's
 * code.
 */
final class BasicsStation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final Client client;

  private final class Client extends WebSocketClient {

    Client(URI uri, Map<String, String> headers) {
      super(uri, headers);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      said.add(message);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      ends.add(code + " " + reason);
    }

    @Override
    public void onError(Exception cause) {}
  }

  private BasicsStation(URI uri, Map<String, String> headers) {
    client = new Client(uri, headers);
    client.setDaemon(true);
  }

  /** Connects; whether that worked is asked with {@link #isOpen}. */
  static BasicsStation to(String uri, String authorization, SSLContext tls) throws Exception {
    BasicsStation station =
        new BasicsStation(
            URI.create(uri),
            authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization));
    if (tls != null) {
      station.client.setSocketFactory(tls.getSocketFactory());
    }
    station.client.connectBlocking(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return station;
  }

  static BasicsStation to(String uri) throws Exception {
    return to(uri, "", null);
  }

  boolean isOpen() {
    return client.isOpen();
  }

  void say(String message) {
    client.send(message);
  }

  String awaitSaid() throws InterruptedException {
    String message = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("the server said nothing");
    }
    return message;
  }

  String awaitEnd() throws InterruptedException {
    String end = ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("the connection did not end");
    }
    return end;
  }

  void hear(byte[] frame, long xtime) {
    say(report(frame, xtime));
  }

  /** What the original says of a frame (its lora.c and s2e.c). */
  static String report(byte[] frame, long xtime) {
    return "{"
        + takenApart(frame)
        + ",\"RefTime\":0.000000,\"DR\":5,\"Freq\":868100000,\"upinfo\":{\"rctx\":1,\"xtime\":"
        + xtime
        + ",\"gpstime\":0,\"fts\":-1,\"rssi\":-60,\"snr\":7.5,\"rxtime\":1764158400.123456}}";
  }

  private static String takenApart(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int mhdr = bytes.get(0) & 0xff;
    int mic = frame.length < 4 ? 0 : bytes.getInt(frame.length - 4);
    switch (mhdr >> 5) {
      case 0:
        return String.format(
            "\"msgtype\":\"jreq\",\"MHdr\":%d,\"JoinEui\":\"%s\",\"DevEui\":\"%s\","
                + "\"DevNonce\":%d,\"MIC\":%d",
            mhdr,
            dashes(bytes.getLong(1)),
            dashes(bytes.getLong(9)),
            bytes.getShort(17) & 0xffff,
            mic);
      case 7:
        return "\"msgtype\":\"propdf\",\"FRMPayload\":\"" + hex(frame) + "\"";
      default:
        int fOpts = bytes.get(5) & 0x0f;
        int portAt = 8 + fOpts;
        boolean hasPort = portAt < frame.length - 4;
        return String.format(
            "\"msgtype\":\"updf\",\"MHdr\":%d,\"DevAddr\":%d,\"FCtrl\":%d,\"FCnt\":%d,"
                + "\"FOpts\":\"%s\",\"FPort\":%d,\"FRMPayload\":\"%s\",\"MIC\":%d",
            mhdr,
            bytes.getInt(1),
            bytes.get(5) & 0xff,
            bytes.getShort(6) & 0xffff,
            hex(Arrays.copyOfRange(frame, 8, portAt)),
            hasPort ? bytes.get(portAt) & 0xff : -1,
            hasPort ? hex(Arrays.copyOfRange(frame, portAt + 1, frame.length - 4)) : "",
            mic);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  private static String dashes(long eui) {
    byte[] bytes = ByteBuffer.allocate(8).putLong(eui).array();
    return HexFormat.ofDelimiter("-").withUpperCase().formatHex(bytes);
  }

  @Override
  public void close() {
    client.close();
  }
}
