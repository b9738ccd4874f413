package city.mycelium.driver.lorawan.internal;

import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a device said, as a piece of a record: a JSON object. It holds the payload in plain, and no
 * key.
 */
public final class SaidText {

  /**
   * As it was heard.
   *
   * @param recvTime what the codec was told as the time of receipt, UTC epoch milliseconds
   */
  public record Heard(Said said, long recvTime) {}

  private SaidText() {}

  static byte[] write(Said said, long recvTime) {
    JsonObjectBuilder text =
        Json.createObjectBuilder()
            .add("devEui", said.devEui().toString())
            .add("profile", said.profile())
            .add("sourceKey", said.sourceKey())
            .add("fPort", said.fPort())
            .add("bytes", HexFormat.of().formatHex(said.bytes()))
            .add("isFrame", said.isFrame())
            .add("recvTime", recvTime);
    if (said.decoded() != null) {
      text.add("decoded", said.decoded());
    }
    said.receivedAt().ifPresent(at -> text.add("receivedAt", at));
    said.rssiDbm().ifPresent(dbm -> text.add("rssiDbm", dbm));
    said.snrDb().ifPresent(db -> text.add("snrDb", db));
    said.framesLost().ifPresent(lost -> text.add("framesLost", lost));
    said.battery().ifPresent(percent -> text.add("battery", percent));
    said.downlinkSnrDb().ifPresent(db -> text.add("downlinkSnrDb", db));
    return text.build().toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException if it is no such thing
   */
  public static Heard read(byte[] bytes) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      JsonObject text = reader.readObject();
      Said said =
          new Said(
              Eui.parse(text.getString("devEui")),
              text.getString("profile"),
              text.getString("sourceKey"),
              text.getInt("fPort"),
              HexFormat.of().parseHex(text.getString("bytes")),
              text.getJsonObject("decoded"),
              whole(text, "receivedAt"),
              number(text, "rssiDbm"),
              number(text, "snrDb"),
              whole(text, "framesLost"),
              number(text, "battery"),
              number(text, "downlinkSnrDb"),
              text.getBoolean("isFrame"));
      return new Heard(said, text.getJsonNumber("recvTime").longValueExact());
    } catch (JsonException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("this is nothing that a LoRaWAN device said", e);
    }
  }

  private static OptionalLong whole(JsonObject text, String name) {
    JsonNumber number = text.getJsonNumber(name);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number.longValueExact());
  }

  private static OptionalDouble number(JsonObject text, String name) {
    JsonNumber number = text.getJsonNumber(name);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number.doubleValue());
  }
}
