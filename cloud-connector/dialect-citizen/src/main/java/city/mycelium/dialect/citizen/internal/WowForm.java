package city.mycelium.dialect.citizen.internal;

import city.mycelium.api.connector.Message;
import city.mycelium.api.dialect.ToldObservation;
import city.mycelium.api.dialect.UnreadableMessageException;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A report as WOW takes it: a form (Met Office WOW, "Automatic upload"). It is posted, not asked
 * for by GET, so that the key is in no address and in nobody's log.
 */
final class WowForm {

  static final String CHANNEL = "automaticreading";
  static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  private static final String SITE_ID = "siteid";
  private static final String TIME = "dateutc";
  private static final Set<String> NO_VALUES =
      Set.of(SITE_ID, TIME, "siteAuthenticationKey", "softwaretype");

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String siteId;
  private final String siteKey;
  private final String software;

  WowForm(String siteId, String siteKey, String software) {
    this.siteId = siteId;
    this.siteKey = siteKey;
    this.software = software;
  }

  Message message(long atMillis, Map<String, Double> values) {
    StringBuilder form = new StringBuilder();
    append(form, SITE_ID, siteId);
    append(form, "siteAuthenticationKey", siteKey);
    append(form, TIME, SECONDS.format(Instant.ofEpochMilli(atMillis)));
    append(form, "softwaretype", software);
    values.forEach((parameter, value) -> append(form, parameter, PlainNumber.of(value)));
    return Message.post(CHANNEL, MEDIA_TYPE, form.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder form, String name, String value) {
    form.append(form.length() == 0 ? "" : "&")
        .append(name)
        .append('=')
        .append(FormText.encode(value));
  }

  static List<ToldObservation> read(Message message) throws UnreadableMessageException {
    String site = "";
    PhenomenonTime time = null;
    List<Map.Entry<String, Double>> values = new ArrayList<>();
    try {
      String form = new String(message.payload(), StandardCharsets.UTF_8);
      for (String each : form.split("&", -1)) {
        int equals = each.indexOf('=');
        if (equals < 1) {
          throw new UnreadableMessageException("'" + each + "' is no name=value");
        }
        String name = each.substring(0, equals);
        String value = FormText.decode(each.substring(equals + 1));
        if (name.equals(SITE_ID)) {
          site = value;
        } else if (name.equals(TIME)) {
          time =
              PhenomenonTime.at(
                  LocalDateTime.parse(value, SECONDS).toInstant(ZoneOffset.UTC).toEpochMilli());
        } else if (!NO_VALUES.contains(name)) {
          values.add(Map.entry(name, Double.parseDouble(value)));
        }
      }
      if (site.isEmpty() || time == null || values.isEmpty()) {
        throw new UnreadableMessageException("the report has no siteid, no dateutc or no value");
      }
      List<ToldObservation> told = new ArrayList<>();
      for (Map.Entry<String, Double> value : values) {
        told.add(
            new ToldObservation(
                site, value.getKey(), null, time, new Result.Measurement(value.getValue()), null));
      }
      return told;
    } catch (DateTimeException | IllegalArgumentException e) { // no time, no number, no escape
      throw new UnreadableMessageException("the report cannot be read: " + e.getMessage(), e);
    }
  }
}
