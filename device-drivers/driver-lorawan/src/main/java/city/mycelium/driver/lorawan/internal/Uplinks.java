package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.driver.Acceptance;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.driver.IntakeException;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.driver.Urgency;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.device.Mistake;
import city.mycelium.driver.lorawan.internal.device.Profile;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.lorawan.internal.device.Profiles.DeviceKind;
import city.mycelium.driver.lorawan.internal.network.Delivery;
import city.mycelium.driver.lorawan.internal.network.Payload;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import city.mycelium.driver.lorawan.internal.radio.Reception;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a payload to Readings: the device's codec, its profile, the intake. Whatever goes
 * wrong on it, the uplink is kept: as raw bytes with the reason, if nothing better can be made of
 * it. Safe for use by many threads; scripts run on the workers only.
 */
final class Uplinks implements Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Uplinks.class);

  /** A device that speaks every few seconds may be behind by minutes, and no more. */
  private static final int MOST_PER_DEVICE = 64;

  /** Two seconds of the busiest gateway. */
  private static final int MOST_WAITING = 4_096;

  private final Profiles profiles;
  private final Intake intake;
  private final Clock clock;
  private final DeviceLanes lanes;
  private final DeviceLanes unvouchedLanes;
  private final ConcurrentMap<Eui, DeviceAccount> accounts = new ConcurrentHashMap<>();

  /**
   * The way over these ports.
   *
   * @param workers the threads that scripts run on
   * @param unvouched the thread that waits for scripts nobody vouches for: they share one process,
   *     and whoever waits for it must not stand in the way of the others
   */
  Uplinks(Profiles profiles, Intake intake, Clock clock, Executor workers, Executor unvouched) {
    this.profiles = profiles;
    this.intake = intake;
    this.clock = clock;
    lanes = new DeviceLanes(workers, MOST_PER_DEVICE, MOST_WAITING);
    unvouchedLanes = new DeviceLanes(unvouched, MOST_PER_DEVICE, MOST_WAITING);
  }

  /** What is remembered of the devices that were heard. */
  Map<Eui, DeviceAccount> accounts() {
    return accounts;
  }

  @Override
  public CompletableFuture<Void> deliver(Payload payload) {
    Reception best = payload.receptions().get(0);
    return deliver(
        new Said(
            payload.device().devEui(),
            payload.device().profile(),
            payload.sourceKey(),
            payload.fPort(),
            payload.bytes(),
            null,
            OptionalLong.empty(),
            OptionalDouble.of(best.rssiDbm()),
            OptionalDouble.of(best.snrDb()),
            OptionalLong.of(payload.framesLost()),
            known(payload.battery()),
            known(payload.marginDb()),
            true));
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Keeps what a device said; returns at once.
   *
   * @return completes when it is durable; fails if it could not be kept
   */
  CompletableFuture<Void> deliver(Said said) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    DeviceAccount account = accounts.computeIfAbsent(said.devEui(), eui -> new DeviceAccount());
    account.heard(said, clock.epochMillis());
    DeviceLanes lane = profiles.isVouched(said.profile()) ? lanes : unvouchedLanes;
    if (!lane.offer(said.devEui(), () -> work(said, account, kept))) {
      String why = "too much waits to be decoded, this uplink of " + said.devEui() + " is not kept";
      account.notKept(why);
      kept.completeExceptionally(new IntakeException(IntakeException.Reason.BUSY, why));
    }
    return kept;
  }

  private void work(Said said, DeviceAccount account, CompletableFuture<Void> kept) {
    try {
      List<Reading> readings = readings(said, account);
      if (readings.isEmpty()) {
        kept.complete(null);
        return;
      }
      var unused =
          intake
              .submit(readings, Urgency.ACKNOWLEDGED)
              .whenComplete(
                  (acceptance, failure) -> answer(said, account, kept, acceptance, failure));
    } catch (RuntimeException e) { // the supervisor: a defect must not leave the network waiting
      LOG.error("An uplink of {} could not be worked on: a defect in Mycelium", said.id(), e);
      account.notKept("a defect in Mycelium: " + e);
      kept.completeExceptionally(e);
    }
  }

  private static void answer(
      Said said,
      DeviceAccount account,
      CompletableFuture<Void> kept,
      @Nullable Acceptance acceptance,
      @Nullable Throwable failure) {
    if (acceptance == null) {
      Throwable why = failure == null ? new IllegalStateException("no answer") : failure;
      account.notKept(String.valueOf(why.getMessage()));
      kept.completeExceptionally(why);
      return;
    }
    if (acceptance.repeated() == 0) {
      said.framesLost().ifPresent(account::lost);
    }
    acceptance.refusals().forEach(refusal -> account.refused(refusal.why()));
    kept.complete(null);
  }

  private List<Reading> readings(Said said, DeviceAccount account) {
    PhenomenonTime at =
        said.receivedAt().isPresent() ? PhenomenonTime.at(said.receivedAt().getAsLong()) : null;
    List<Reading> readings = new ArrayList<>(LinkChannels.of(said, at));
    if (said.bytes().length == 0 && said.decoded() == null) {
      return readings;
    }
    List<String> errors = new ArrayList<>();
    try {
      decode(said, account, at, readings, errors);
    } catch (Mistake e) {
      errors.add(e.words());
      account.undecoded(e.words());
    }
    if (!errors.isEmpty()) {
      readings.add(LinkChannels.raw(said, errors, at));
    }
    return readings;
  }

  private void decode(
      Said said,
      DeviceAccount account,
      @Nullable PhenomenonTime at,
      List<Reading> readings,
      List<String> errors)
      throws Mistake {
    String name = said.profile();
    DeviceKind kind =
        profiles
            .named(name)
            .orElseThrow(
                () ->
                    new Mistake(
                        0,
                        "there is no profile '"
                            + name
                            + "': put one into the folder lorawan of the configuration, or name"
                            + " another in the list of devices"));
    Optional<JsonObject> data = data(said, kind, errors);
    if (data.isEmpty()) {
      account.undecoded(errors.isEmpty() ? "" : errors.get(0));
      return;
    }
    Profile.Meaning meaning = kind.profile().read(said.id(), data.get());
    for (Profile.Said field : meaning.said()) {
      readings.add(new Reading(field.channel(), at, field.result(), said.sourceKey()));
    }
    meaning.refusals().forEach(account::refused);
    errors.addAll(meaning.refusals());
    account.unmapped(meaning.unmapped());
  }

  private Optional<JsonObject> data(Said said, DeviceKind kind, List<String> errors) {
    if (said.decoded() != null) {
      return Optional.of(said.decoded());
    }
    if (kind.codec().isEmpty()) {
      errors.add(
          "profile '" + kind.profile().name() + "' has no codec, and the network gave no data");
      return Optional.empty();
    }
    Decoded decoded =
        kind.codec()
            .get()
            .decode(
                new CodecInput(
                    said.bytes(), said.fPort(), said.receivedAt().orElse(clock.epochMillis())));
    if (decoded instanceof Decoded.Fields fields) {
      return Optional.of(fields.data());
    }
    if (decoded instanceof Decoded.Failed failed) {
      errors.addAll(
          failed.errors().isEmpty() ? List.of("the codec gave nothing") : failed.errors());
    }
    return Optional.empty();
  }
}
