package city.mycelium.driver.push.internal;

import city.mycelium.driver.push.internal.kit.KitSettings;
import java.time.Duration;

/**
 * How the endpoint is set up.
 *
 * @param bindAddress an address of this machine; 127.0.0.1 is reached by nobody else
 * @param port 0 for any that is free
 * @param maxBodyBytes longest body, also after unpacking
 * @param workers how many requests are served at once
 * @param waiting how many more may wait for their turn
 * @param patience how long a client may take to send its request, or to read its answer
 * @param answerWithin how long the gateway may take to keep what was sent; shorter than the kits'
 *     own patience, which is 20 s for airRohr, so that they hear why
 * @param perMinutePerRemote requests of one address
 * @param perMinutePerDevice messages of one device
 * @param kits what kits do not say themselves
 * @param credentials who must show a password
 */
public record IntakeSettings(
    String bindAddress,
    int port,
    int maxBodyBytes,
    int workers,
    int waiting,
    Duration patience,
    Duration answerWithin,
    int perMinutePerRemote,
    int perMinutePerDevice,
    KitSettings kits,
    Credentials credentials) {

  public IntakeSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (maxBodyBytes < 1 || workers < 1 || waiting < 1) {
      throw new IllegalArgumentException(
          "a body, the workers and the queue need room for at least 1");
    }
    if (perMinutePerRemote < 1 || perMinutePerDevice < 1) {
      throw new IllegalArgumentException("at least 1 message per minute must be allowed");
    }
    if (patience.toMillis() < 1 || answerWithin.toMillis() < 1) {
      throw new IllegalArgumentException("patience and the time to answer must be positive");
    }
  }
}
