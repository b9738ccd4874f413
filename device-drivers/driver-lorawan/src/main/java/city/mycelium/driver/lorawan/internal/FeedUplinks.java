package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.feed.NetworkUplink;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Brings what a feed receives to where our own radio's payloads go. */
final class FeedUplinks {

  private final LorawanHub hub;
  private final String name;
  private final Optional<String> others;

  /**
   * For one feed.
   *
   * @param others the profile of devices that are not registered, if they are to be taken
   */
  FeedUplinks(LorawanHub hub, String name, Optional<String> others) {
    this.hub = hub;
    this.name = name;
    this.others = others;
  }

  CompletableFuture<Void> received(NetworkUplink uplink) {
    Optional<String> profile = hub.profile(uplink.devEui()).or(() -> others);
    if (profile.isEmpty()) {
      hub.stranger(uplink.devEui(), name);
      return CompletableFuture.completedFuture(null); // the broker need not keep it for us
    }
    return hub.deliver(
        new Said(
            uplink.devEui(),
            profile.get(),
            uplink.sourceKey(),
            uplink.fPort(),
            uplink.bytes(),
            uplink.decoded(),
            OptionalLong.of(uplink.receivedAtMillis()),
            known(uplink.rssiDbm()),
            known(uplink.snrDb()),
            OptionalLong.empty(),
            known(uplink.batteryPercent()),
            known(uplink.marginDb()),
            !uplink.isStatusOnly()));
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
