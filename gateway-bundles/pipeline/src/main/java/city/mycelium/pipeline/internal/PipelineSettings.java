package city.mycelium.pipeline.internal;

import java.time.Duration;

/**
 * Limits of the way in.
 *
 * @param heldFor how long Readings of a device wait for its adoption before they expire
 * @param heldBytesPerDevice at most this many bytes wait per device; the oldest expire first
 * @param heldDevices at most this many unknown devices are listened to
 * @param sourceKeysFor how long a repeat is recognised
 * @param undatedBytes at most this many bytes wait for a trusted time; then nothing more is taken
 */
public record PipelineSettings(
    Duration heldFor,
    long heldBytesPerDevice,
    int heldDevices,
    Duration sourceKeysFor,
    long undatedBytes) {

  public static final PipelineSettings DEFAULT =
      new PipelineSettings(Duration.ofDays(7), 10_000_000, 50, Duration.ofDays(2), 100_000_000);

  public PipelineSettings {
    if (heldFor.isNegative()
        || heldBytesPerDevice < 0
        || heldDevices < 0
        || undatedBytes < 0
        || sourceKeysFor.isNegative()) {
      throw new IllegalArgumentException("a limit of the pipeline is not negative");
    }
  }
}
