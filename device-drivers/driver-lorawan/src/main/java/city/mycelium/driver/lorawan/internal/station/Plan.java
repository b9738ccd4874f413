package city.mycelium.driver.lorawan.internal.station;

import city.mycelium.driver.lorawan.internal.guard.BoundedJson;
import city.mycelium.driver.lorawan.internal.guard.Fields;
import city.mycelium.driver.lorawan.internal.guard.RefusedException;
import city.mycelium.driver.lorawan.internal.radio.DataRate;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a station has to know of a region: its channels, and the data rates by the numbers that its
 * messages use. Safe for use by many threads.
 */
public final class Plan {

  /** Regional parameters, 2.4.3 (EU863-870): the one data rate of FSK. */
  private static final int FSK_BITS_PER_SECOND = 50_000;

  private final JsonObject routerConfig;
  private final List<Optional<DataRate>> dataRates;

  private Plan(JsonObject routerConfig, List<Optional<DataRate>> dataRates) {
    this.routerConfig = routerConfig;
    this.dataRates = dataRates;
  }

  /** EU863-870 with its three default channels and the five that Europe's networks add. */
  public static Plan eu868() {
    try (InputStream in = Plan.class.getResourceAsStream("eu868.json")) {
      if (in == null) {
        throw new IllegalStateException("eu868.json is missing from this bundle");
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | RefusedException e) {
      throw new IllegalStateException("eu868.json in this bundle cannot be read", e);
    }
  }

  /**
   * Another region.
   *
   * @param routerConfig the members of {@code router_config}, without msgtype and MuxTime
   * @throws RefusedException if it has no table of data rates
   */
  public static Plan read(String routerConfig) throws RefusedException {
    JsonObject json = BoundedJson.object(routerConfig);
    List<Optional<DataRate>> rates = new ArrayList<>();
    JsonArray table = new Fields(json).array("DRs");
    if (table.isEmpty()) {
      throw new RefusedException("DRs is missing");
    }
    try {
      for (JsonArray row : table.getValuesAs(JsonArray.class)) {
        rates.add(rate(row.getInt(0), row.getInt(1)));
      }
    } catch (ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new RefusedException("DRs is no table of [spreading factor, kHz, downlink only]", e);
    }
    return new Plan(json, List.copyOf(rates));
  }

  /** A spreading factor of 0 is FSK, a negative one no data rate. */
  private static Optional<DataRate> rate(int spreadingFactor, int bandwidthKhz) {
    if (spreadingFactor < 0) {
      return Optional.empty();
    }
    return Optional.of(
        spreadingFactor == 0
            ? new DataRate.Fsk(FSK_BITS_PER_SECOND)
            : new DataRate.Lora(spreadingFactor, bandwidthKhz));
  }

  JsonObject routerConfig() {
    return routerConfig;
  }

  /** The data rate of a number; null if there is none. */
  @Nullable DataRate dataRate(int number) {
    return number >= 0 && number < dataRates.size() ? dataRates.get(number).orElse(null) : null;
  }

  /** The number of a data rate. */
  OptionalInt number(DataRate rate) {
    int index = dataRates.indexOf(Optional.of(rate));
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
