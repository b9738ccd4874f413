package city.mycelium.driver.serial.internal.dsmr;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Result;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a telegram that it knows, and forgets all others at once. What is malformed is
 * absent. For one thread.
 *
 * <p>Source: Netbeheer Nederland, "P1 Companion Standard" 5.0.2 (2016), 6.12, here "P1"; types of
 * meters: EN 13757-3.
 */
final class TelegramLines {

  /** P1 6.12: OBIS reference of what is given in Wh, W and V. */
  private static final Map<String, String> ELECTRICITY =
      Map.of(
          "1-0:1.8.1", DsmrP1.IMPORT_1,
          "1-0:1.8.2", DsmrP1.IMPORT_2,
          "1-0:2.8.1", DsmrP1.EXPORT_1,
          "1-0:2.8.2", DsmrP1.EXPORT_2,
          "1-0:1.7.0", DsmrP1.POWER_IMPORT,
          "1-0:2.7.0", DsmrP1.POWER_EXPORT,
          "1-0:32.7.0", DsmrP1.VOLTAGE_1,
          "1-0:52.7.0", DsmrP1.VOLTAGE_2,
          "1-0:72.7.0", DsmrP1.VOLTAGE_3);

  /** EN 13757-3, table 3: types of meters on the M-Bus. */
  private static final Map<Integer, String> METERS = Map.of(3, DsmrP1.GAS, 7, DsmrP1.WATER);

  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,3})?)";

  private static final Pattern VALUE =
      Pattern.compile("(\\d-\\d:\\d{1,2}\\.\\d\\.\\d)\\(" + NUMBER + "\\*(kWh|kW|V)\\)");

  /** P1 6.12: date-time stamp. */
  private static final Pattern WRITTEN = Pattern.compile("0-0:1\\.0\\.0\\((\\d{12}[SW])\\)");

  /** P1 6.12: device type, n is the channel. */
  private static final Pattern TYPE = Pattern.compile("0-(\\d):24\\.1\\.0\\((\\d{1,3})\\)");

  /** P1 6.12: last 5-minute (DSMR 4: hourly) value, with the time at which it was captured. */
  private static final Pattern CAPTURED =
      Pattern.compile("0-(\\d):24\\.2\\.1\\((\\d{12}[SW])\\)\\(" + NUMBER + "\\*m3\\)");

  /** P1 6.4, TST: YYMMDDhhmmss and S in summer, W in winter. */
  private static final Pattern TIME =
      Pattern.compile("(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)([SW])");

  /** No meter with such a clock is older; one whose clock is not set says 1970, or 2000. */
  private static final int FIRST_YEAR = 10;

  private static final int UNSET_YEAR = 70;
  private static final int CENTURY = 2000;

  private final List<MeterValue> values = new ArrayList<>();
  private final Map<String, Integer> types = new HashMap<>();
  private final Map<String, Captured> captured = new LinkedHashMap<>();
  private @Nullable PhenomenonTime time;

  private record Captured(PhenomenonTime time, long litres) {}

  void add(String line) {
    Matcher value = VALUE.matcher(line);
    Matcher written = WRITTEN.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher capture = CAPTURED.matcher(line);
    if (value.matches()) {
      addElectricity(value.group(1), thousandths(value.group(2)), value.group(3));
    } else if (written.matches()) {
      time = time(written.group(1));
    } else if (type.matches()) {
      types.put(type.group(1), Integer.valueOf(type.group(2)));
    } else if (capture.matches()) {
      PhenomenonTime at = time(capture.group(2));
      if (at != null) {
        captured.put(capture.group(1), new Captured(at, thousandths(capture.group(3))));
      }
    }
  }

  Telegram telegram() {
    Map<String, MeterValue> others = new LinkedHashMap<>();
    captured.forEach(
        (channel, last) -> {
          String output = METERS.get(types.getOrDefault(channel, 0));
          if (output != null) {
            MeterValue value =
                new MeterValue(output, new Result.Counter(last.litres()), last.time());
            others.merge(output, value, TelegramLines::later);
          }
        });
    List<MeterValue> all = new ArrayList<>(values);
    all.addAll(others.values());
    return new Telegram(time, all);
  }

  /** A meter that was replaced may go on to be told on its channel, beside the new one. */
  private static MeterValue later(MeterValue one, MeterValue other) {
    return from(one) >= from(other) ? one : other;
  }

  private static long from(MeterValue value) {
    PhenomenonTime at = value.time();
    return at == null ? 0 : at.from();
  }

  private void addElectricity(String obis, long thousandths, String unit) {
    String output = ELECTRICITY.get(obis);
    boolean isFirst = values.stream().noneMatch(v -> v.output().equals(output));
    if (output != null && isFirst) {
      Result result =
          switch (unit) {
            case "kWh" -> new Result.Counter(thousandths);
            case "kW" -> new Result.Measurement(thousandths);
            default -> new Result.Measurement(thousandths / 1000.0);
          };
      values.add(new MeterValue(output, result, null));
    }
  }

  private static long thousandths(String number) {
    return new BigDecimal(number).movePointRight(3).longValueExact();
  }

  /** Null if it is no time, or that of a clock that is not set. */
  private static @Nullable PhenomenonTime time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int year = Integer.parseInt(time.group(1));
    if (year < FIRST_YEAR || year >= UNSET_YEAR) {
      return null;
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              CENTURY + year,
              Integer.parseInt(time.group(2)),
              Integer.parseInt(time.group(3)),
              Integer.parseInt(time.group(4)),
              Integer.parseInt(time.group(5)),
              Integer.parseInt(time.group(6)));
      int hoursAhead = time.group(7).equals("S") ? 2 : 1;
      return PhenomenonTime.at(local.toInstant(ZoneOffset.ofHours(hoursAhead)).toEpochMilli());
    } catch (DateTimeException e) {
      return null; // such as a thirteenth month: malformed is absent
    }
  }
}
