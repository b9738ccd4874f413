package city.mycelium.bench;

import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.phy.DataFrame;
import city.mycelium.driver.lorawan.internal.phy.DataHeader;
import city.mycelium.driver.lorawan.internal.phy.Direction;
import city.mycelium.driver.lorawan.internal.phy.FCtrl;
import city.mycelium.driver.lorawan.internal.phy.SessionKeys;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.testkit.PacketForwarder;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A thousand parking sensors that speak one after another, round after round, at a steady pace,
 * heard by one packet forwarder. Frames are built and encrypted before the first is sent. Uplink
 * number i is the one of device i modulo {@value #DEVICES} with counter i / {@value #DEVICES}.
 */
final class RadioLoad {

  static final int DEVICES = 1_000;

  private static final long FIRST_EUI = 0x0200_0000_00be_0000L;
  private static final int FIRST_ADDRESS = 0x0100_0000;
  private static final long FORWARDER = 0x0200_0000_00cc_00beL;
  private static final int STATUS_PORT = 1;

  private final byte[][] frames;
  private final long[] sentNanos;

  /**
   * So many uplinks, ready to be sent.
   *
   * @param count a multiple of {@value #DEVICES}
   */
  RadioLoad(int count) {
    frames = new byte[count][];
    sentNanos = new long[count];
    for (int device = 0; device < DEVICES; device++) {
      SessionKeys keys = new SessionKeys(key(device, 1), key(device, 2));
      for (int counter = 0; counter < count / DEVICES; counter++) {
        frames[counter * DEVICES + device] = frame(keys, device, counter);
      }
    }
  }

  private static byte[] frame(SessionKeys keys, int device, int counter) {
    return DataFrame.build(
        keys,
        new DataHeader(
            Direction.UP,
            false,
            FIRST_ADDRESS + device,
            FCtrl.NONE,
            counter,
            new byte[0],
            STATUS_PORT),
        counter,
        new byte[] {(byte) ((counter + device) & 1)});
  }

  private static AesKey key(int device, int which) {
    return AesKey.of(ByteBuffer.allocate(16).putInt(0, which).putInt(12, device).array());
  }

  /** The gateway's list of the devices. */
  static JsonObject deviceFile() {
    JsonArrayBuilder devices = Json.createArrayBuilder();
    for (int device = 0; device < DEVICES; device++) {
      devices.add(
          Json.createObjectBuilder()
              .add("devEui", eui(device).toString())
              .add("profile", "bosch-tps110")
              .add("activation", "abp")
              .add("devAddr", String.format(Locale.ROOT, "%08x", FIRST_ADDRESS + device))
              .add("nwkSKey", HexFormat.of().formatHex(key(device, 1).bytes()))
              .add("appSKey", HexFormat.of().formatHex(key(device, 2).bytes()))
              .add("version", "1.0.4")
              .add("adr", false));
    }
    return Json.createObjectBuilder().add("devices", devices).build();
  }

  private static Eui eui(int device) {
    return new Eui(FIRST_EUI + device);
  }

  /** Which device a gateway means, 0 to {@value #DEVICES} - 1. */
  static int device(String id) {
    return (int) (Eui.parse(id.substring(id.indexOf('.') + 1)).value() - FIRST_EUI);
  }

  /** A forwarder for {@link #send}. */
  static PacketForwarder forwarder(int port) throws IOException {
    return new PacketForwarder(FORWARDER, 2, port);
  }

  /** Sends all, each at its time. */
  void send(PacketForwarder forwarder, int perSecond) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < frames.length; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      sentNanos[i] = System.nanoTime();
      forwarder.push(frames[i], sentNanos[i] / 1_000 & 0xffff_ffffL);
    }
  }

  int count() {
    return frames.length;
  }

  /** When an uplink was sent, by this machine's monotonic clock, which its processes share. */
  long sentNanos(int uplink) {
    return sentNanos[uplink];
  }
}
