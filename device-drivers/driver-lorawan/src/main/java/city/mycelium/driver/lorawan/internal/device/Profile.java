package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.api.driver.Channel;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.Result;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of device says: the fields of its decoded data, and what each means. Immutable.
 *
 * @param name what a device refers to it by, such as {@code bosch-tps110}
 * @param title for people
 * @param codec file name of the script beside it; empty if the network decodes
 * @param trusted whether somebody vouches for the script: then it runs in the gateway's own process
 * @param uplinkPeriod how often a healthy device speaks; null if it does so when something happens
 * @param ignore what is left out on purpose
 */
public record Profile(
    String name,
    String title,
    String vendor,
    String codec,
    boolean trusted,
    @Nullable Duration uplinkPeriod,
    List<Field> fields,
    List<JsonPath> ignore) {

  /** What no field may be called: the gateway says these of every device. */
  static final Set<String> RESERVED = Set.of("rssi", "snr", "frames-lost", "battery", "raw");

  public Profile {
    fields = List.copyOf(fields);
    ignore = List.copyOf(ignore);
  }

  /** One thing said. */
  public record Said(Channel channel, Result result) {}

  /**
   * What decoded data means.
   *
   * @param said what is to be kept
   * @param refusals fields of the wrong type, each in words
   * @param unmapped names on the first level that the profile says nothing of
   */
  public record Meaning(List<Said> said, List<String> refusals, List<String> unmapped) {}

  /** What the data of a device means. A field that is missing costs nothing. */
  public Meaning read(DeviceId device, JsonObject data) {
    List<Said> said = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Field field : fields) {
      if (field.counts(data)) {
        read(device, field, data, said, refusals);
      }
    }
    return new Meaning(said, refusals, data.keySet().stream().filter(n -> !isKnown(n)).toList());
  }

  private void read(
      DeviceId device, Field field, JsonObject data, List<Said> said, List<String> refusals) {
    for (JsonPath.Found found : field.path().in(data)) {
      String channel = field.channel().replace("*", found.star());
      try {
        Optional<Result> result =
            field.kind() != Field.Kind.POSITION
                ? Optional.of(field.result(found.value()))
                : found.value() instanceof JsonObject object
                    ? field.place(object)
                    : Optional.empty();
        result.ifPresent(
            r ->
                said.add(
                    new Said(
                        new Channel(device, channel, field.property(), field.unit(), uplinkPeriod),
                        r)));
      } catch (IllegalArgumentException e) {
        refusals.add("'" + field.path() + "': " + e.getMessage());
      }
    }
  }

  private boolean isKnown(String member) {
    return ignore.stream().anyMatch(path -> path.beginsWith(member))
        || fields.stream().anyMatch(field -> mentions(field, member));
  }

  private static boolean mentions(Field field, String member) {
    return field.path().beginsWith(member)
        || field.onlyIf().keySet().stream().anyMatch(path -> path.beginsWith(member))
        || field.position().stream()
            .anyMatch(place -> field.path().equals(JsonPath.ROOT) && place.begins(member));
  }
}
