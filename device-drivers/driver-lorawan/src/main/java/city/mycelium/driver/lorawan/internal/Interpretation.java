package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.driver.lorawan.internal.codec.CodecInput;
import city.mycelium.driver.lorawan.internal.codec.Decoded;
import city.mycelium.driver.lorawan.internal.device.Mistake;
import city.mycelium.driver.lorawan.internal.device.Profile;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.lorawan.internal.device.Profiles.DeviceKind;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is made of something that a device said: by its codec and its profile, and as raw bytes with
 * the reasons where nothing better can be made of it.
 *
 * @param readings what it comes to; empty only if nothing was said
 * @param undecoded why the payload could not be decoded; empty if it could
 * @param refusals what the profile could not take, each for a person
 * @param unmapped fields that the profile does not know; empty if the payload was not decoded
 */
public record Interpretation(
    List<Reading> readings,
    String undecoded,
    List<String> refusals,
    Optional<List<String>> unmapped) {

  public Interpretation {
    readings = List.copyOf(readings);
    refusals = List.copyOf(refusals);
  }

  /**
   * Interprets; runs the codec on the caller's thread.
   *
   * @param recvTime what the codec is told as the time of receipt, UTC epoch milliseconds
   */
  public static Interpretation of(Said said, Profiles profiles, long recvTime) {
    PhenomenonTime at =
        said.receivedAt().isPresent() ? PhenomenonTime.at(said.receivedAt().getAsLong()) : null;
    List<Reading> readings = new ArrayList<>(LinkChannels.of(said, at));
    if (said.bytes().length == 0 && said.decoded() == null) {
      return new Interpretation(readings, "", List.of(), Optional.empty());
    }
    return new Interpreter(said, at, readings).interpret(profiles, recvTime);
  }

  /** What comes together on the way; for one thread. */
  private static final class Interpreter {

    private final Said said;
    private final @Nullable PhenomenonTime at;
    private final List<Reading> readings;
    private final List<String> errors = new ArrayList<>();

    Interpreter(Said said, @Nullable PhenomenonTime at, List<Reading> readings) {
      this.said = said;
      this.at = at;
      this.readings = readings;
    }

    Interpretation interpret(Profiles profiles, long recvTime) {
      List<String> refusals = List.of();
      Optional<List<String>> unmapped = Optional.empty();
      String undecoded = "";
      try {
        DeviceKind kind = kind(profiles);
        Optional<JsonObject> data = data(kind, recvTime);
        if (data.isPresent()) {
          Profile.Meaning meaning = kind.profile().read(said.id(), data.get());
          for (Profile.Said field : meaning.said()) {
            readings.add(new Reading(field.channel(), at, field.result(), said.sourceKey()));
          }
          refusals = meaning.refusals();
          errors.addAll(refusals);
          unmapped = Optional.of(List.copyOf(meaning.unmapped()));
        } else {
          undecoded = errors.isEmpty() ? "" : errors.get(0);
        }
      } catch (Mistake e) {
        errors.add(e.words());
        undecoded = e.words();
      }
      if (!errors.isEmpty()) {
        readings.add(LinkChannels.raw(said, errors, at));
      }
      return new Interpretation(readings, undecoded, refusals, unmapped);
    }

    private DeviceKind kind(Profiles profiles) throws Mistake {
      return profiles
          .named(said.profile())
          .orElseThrow(
              () ->
                  new Mistake(
                      0,
                      "there is no profile '"
                          + said.profile()
                          + "': put one into the folder lorawan of the configuration, or name"
                          + " another in the list of devices"));
    }

    private Optional<JsonObject> data(DeviceKind kind, long recvTime) {
      if (said.decoded() != null) {
        return Optional.of(said.decoded());
      }
      if (kind.codec().isEmpty()) {
        errors.add(
            "profile '" + kind.profile().name() + "' has no codec, and the network gave no data");
        return Optional.empty();
      }
      Decoded decoded =
          kind.codec().get().decode(new CodecInput(said.bytes(), said.fPort(), recvTime));
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
}
