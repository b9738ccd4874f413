package city.mycelium.driver.lorawan.internal.region;

import city.mycelium.driver.lorawan.internal.radio.DataRate;
import city.mycelium.driver.lorawan.internal.region.Region.Channel;
import city.mycelium.driver.lorawan.internal.region.Region.Rx1;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data file of a region. Pure. */
final class RegionFile {

  private static final Pattern LORA = Pattern.compile("SF(\\d+)BW(\\d+)");
  private static final Pattern FSK = Pattern.compile("FSK(\\d+)");

  private RegionFile() {}

  /**
   * Reads one.
   *
   * @throws IOException if it is not readable or says something impossible; the message says what
   */
  static Region read(InputStream file) throws IOException {
    try (JsonReader reader = Json.createReader(file)) {
      return region(reader.readObject());
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw new IOException("this is no region's data file: " + e.getMessage(), e);
    }
  }

  private static Region region(JsonObject json) {
    Map<Integer, DataRate> dataRates = new TreeMap<>();
    json.getJsonObject("dataRates")
        .keySet()
        .forEach(
            index ->
                dataRates.put(
                    Integer.valueOf(index),
                    dataRate(json.getJsonObject("dataRates").getString(index))));
    Map<Integer, Integer> maxPayload = new TreeMap<>();
    json.getJsonObject("maxPayloadBytes")
        .keySet()
        .forEach(
            index ->
                maxPayload.put(
                    Integer.valueOf(index), json.getJsonObject("maxPayloadBytes").getInt(index)));
    JsonObject rx1 = json.getJsonObject("rx1");
    JsonObject rx2 = json.getJsonObject("rx2");
    JsonObject adr = json.getJsonObject("adr");
    return new Region(
        json.getString("name"),
        json.getString("source"),
        json.getBoolean("fixedChannels"),
        dataRates,
        maxPayload,
        channels(json.getJsonArray("channels")),
        channels(json.getJsonArray("downlinkChannels")).stream().map(Channel::frequencyHz).toList(),
        json.getJsonArray("moreChannels").getValuesAs(JsonNumber::longValueExact),
        new Rx1(
            rx1.getInt("base"),
            rx1.getInt("lowest"),
            rx1.getInt("highest"),
            rx1.getJsonArray("offsets").getValuesAs(JsonNumber::intValueExact)),
        rx2.getJsonNumber("frequency").longValueExact(),
        rx2.getInt("dataRate"),
        json.getJsonNumber("maxEirpDbm").doubleValue(),
        json.getInt("weakestPower"),
        adr.getInt("lowest"),
        adr.getInt("highest"),
        json.getJsonArray("subBands").getValuesAs(RegionFile::subBand));
  }

  private static SubBand subBand(JsonObject json) {
    return new SubBand(
        json.getString("name"),
        json.getJsonNumber("from").longValueExact(),
        json.getJsonNumber("to").longValueExact(),
        json.getJsonNumber("dutyPercent").doubleValue(),
        json.getJsonNumber("maxErpDbm").doubleValue());
  }

  /** A run of channels each: a first frequency, a step, and how many. */
  private static List<Channel> channels(JsonArray runs) {
    List<Channel> channels = new ArrayList<>();
    for (JsonObject run : runs.getValuesAs(JsonObject.class)) {
      for (int i = 0; i < run.getInt("count"); i++) {
        channels.add(
            new Channel(
                run.getJsonNumber("first").longValueExact() + (long) i * run.getInt("step"),
                run.getInt("lowestDataRate"),
                run.getInt("highestDataRate")));
      }
    }
    return channels;
  }

  private static DataRate dataRate(String text) {
    Matcher lora = LORA.matcher(text);
    if (lora.matches()) {
      return new DataRate.Lora(Integer.parseInt(lora.group(1)), Integer.parseInt(lora.group(2)));
    }
    Matcher fsk = FSK.matcher(text);
    if (fsk.matches()) {
      return new DataRate.Fsk(Integer.parseInt(fsk.group(1)));
    }
    throw new IllegalArgumentException("'" + text + "' is no data rate");
  }
}
