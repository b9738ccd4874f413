package city.mycelium.api.driver;

import city.mycelium.api.observation.DeviceId;
import java.util.List;

/**
 * Where the owner of a bus shows the raw bytes that pass, and the pipeline what became of them, so
 * that what happened on site can be recorded there and replayed at a desk. Safe for use by many
 * threads; returns at once, and costs next to nothing while nobody records.
 *
 * <p>What is shown of one device stands in the order in which it passed. Whoever shows bytes of a
 * device connects it anew when the tap opens for it, and begins with {@link Way#OPENED}: else a
 * record would lack what was said before, such as a calibration.
 */
public interface FrameTap {

  /** A tap that nobody listens at. */
  FrameTap NOBODY =
      new FrameTap() {
        @Override
        public boolean isOpen(DeviceId device) {
          return false;
        }

        @Override
        public void pass(DeviceId device, Way way, byte[] bytes) {}

        @Override
        public void kept(List<Reading> readings, long receivedAt) {}
      };

  /** What a piece of the record is. */
  enum Way {
    /** The device is connected: what follows begins anew. The bytes are an {@link Opening}. */
    OPENED,
    /** A turn of reading begins (devices that are asked). */
    TURN,
    /** To the device. */
    SAID,
    /** From the device. */
    HEARD,
    /** The transfer failed: the bytes are the reason in UTF-8. */
    FAILED
  }

  /** Whether anybody wants to see this device's bytes; ask before copying any. */
  boolean isOpen(DeviceId device);

  /** Bytes that passed; the array is the tap's from now on. */
  void pass(DeviceId device, Way way, byte[] bytes);

  /**
   * Readings that the gateway has kept, of one submission.
   *
   * @param receivedAt the time that those without one of their own were given, UTC epoch
   *     milliseconds
   */
  void kept(List<Reading> readings, long receivedAt);
}
