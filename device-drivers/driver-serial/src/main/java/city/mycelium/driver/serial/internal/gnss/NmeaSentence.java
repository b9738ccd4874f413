package city.mycelium.driver.serial.internal.gnss;

import city.mycelium.api.device.Scan;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence whose checksum is right: an address and fields. A field that is empty, missing or
 * malformed is absent: receivers leave fields empty while they do not know.
 *
 * <p>Source: NMEA 0183 (IEC 61162-1), by its public description "NMEA Revealed" 2.24 of the gpsd
 * project, here "NR".
 *
 * @param address talker and type, such as {@code GPRMC}
 * @param fields what follows it; the first is field 1
 */
public record NmeaSentence(String address, List<String> fields) {

  /**
   * NR, NMEA Encoding Conventions: 82 with the ends. Receivers that print more decimals exceed it;
   * what is longer than this is no sentence.
   */
  private static final int LONGEST = 128;

  private static final int CHECKSUM_CHARS = 3;

  /** NR, NMEA Encoding Conventions: two letters of the talker, three of the type. */
  private static final int ADDRESS_CHARS = 5;

  private static final int TALKER_CHARS = 2;

  /** NR, Talker IDs: GPS, several systems at once, GLONASS, Galileo, BeiDou (two spellings). */
  private static final Set<String> TALKERS = Set.of("GP", "GN", "GL", "GA", "GB", "BD");

  /** NR, GGA and RMC, field 1: {@code hhmmss.ss}; 60 in a leap second. */
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3])([0-5]\\d)([0-5]\\d|60)(?:\\.(\\d{1,9}))?");

  /** NR, RMC, field 9: {@code ddmmyy}. */
  private static final Pattern DATE = Pattern.compile("(\\d\\d)(\\d\\d)(\\d\\d)");

  /** NR, NMEA Encoding Conventions: degrees, two digits of whole minutes, decimals of minutes. */
  private static final Pattern ANGLE = Pattern.compile("(\\d{1,3})([0-5]\\d(?:\\.\\d{1,12})?)");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?:\\.\\d{0,9})?");

  private static final int THIS_CENTURY = 2000;

  public NmeaSentence {
    fields = List.copyOf(fields);
  }

  /**
   * Finds the sentences in a piece of the stream. A dollar sign always begins a new one, so garbage
   * costs the sentence that it falls into and no other.
   */
  static Scan<NmeaSentence> scan(byte[] bytes) {
    List<NmeaSentence> sentences = new ArrayList<>();
    int at = 0;
    int noise = 0;
    while (at < bytes.length) {
      int end = bytes[at] == '$' ? endOfText(bytes, at + 1) : at + 1;
      boolean tooLong = end - at > LONGEST;
      if (end == bytes.length && bytes[at] == '$' && !tooLong) {
        break;
      }
      if (bytes[at] == '$' && !tooLong && isLineEnd(bytes[end]) && hasChecksum(bytes, at, end)) {
        sentences.add(read(bytes, at, end));
      } else if (!isLineEnd(bytes[at])) {
        noise += end - at;
      }
      at = end;
    }
    return new Scan<>(sentences, at, noise);
  }

  /** Whether a satellite receiver says it, and it is of this type, such as {@code RMC}. */
  boolean is(String type) {
    return address.length() == ADDRESS_CHARS
        && TALKERS.contains(address.substring(0, TALKER_CHARS))
        && address.endsWith(type);
  }

  /** The field with this number, from 1; empty if it is missing. */
  String text(int field) {
    return field <= fields.size() ? fields.get(field - 1) : "";
  }

  /** A decimal number. */
  OptionalDouble number(int field) {
    return NUMBER.matcher(text(field)).matches()
        ? OptionalDouble.of(Double.parseDouble(text(field)))
        : OptionalDouble.empty();
  }

  /** A UTC time of day in milliseconds since midnight. */
  OptionalLong timeOfDay(int field) {
    Matcher time = TIME.matcher(text(field));
    if (!time.matches()) {
      return OptionalLong.empty();
    }
    long seconds =
        Long.parseLong(time.group(1)) * 3600
            + Long.parseLong(time.group(2)) * 60
            + Long.parseLong(time.group(3));
    return OptionalLong.of(seconds * 1000 + millis(time.group(4)));
  }

  /** A date; its two digits of the year are of this century. */
  @Nullable LocalDate date(int field) {
    Matcher date = DATE.matcher(text(field));
    if (!date.matches()) {
      return null;
    }
    try {
      return LocalDate.of(
          THIS_CENTURY + Integer.parseInt(date.group(3)),
          Integer.parseInt(date.group(2)),
          Integer.parseInt(date.group(1)));
    } catch (DateTimeException e) {
      return null; // such as a thirteenth month: malformed is absent
    }
  }

  /** A latitude or longitude in degrees, north and east positive; its letter is the next field. */
  OptionalDouble angle(int field, char positive, char negative, double limit) {
    Matcher angle = ANGLE.matcher(text(field));
    String side = text(field + 1);
    if (!angle.matches() || side.length() != 1) {
      return OptionalDouble.empty();
    }
    double degrees = Double.parseDouble(angle.group(1)) + Double.parseDouble(angle.group(2)) / 60;
    char letter = side.charAt(0);
    if (degrees > limit || (letter != positive && letter != negative)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(letter == positive ? degrees : -degrees);
  }

  private static long millis(@Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
  }

  /** Where the printable text ends: at a dollar sign, a control character or the end. */
  private static int endOfText(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] >= ' ' && bytes[end] <= '~' && bytes[end] != '$') {
      end++;
    }
    return end;
  }

  private static boolean isLineEnd(byte octet) {
    return octet == '\r' || octet == '\n';
  }

  /**
   * NR, NMEA Encoding Conventions: {@code *} and two hexadecimal digits, the exclusive or of all
   * between the dollar sign and the star. Mandatory here, as it is there.
   */
  private static boolean hasChecksum(byte[] bytes, int dollar, int end) {
    int star = end - CHECKSUM_CHARS;
    if (star <= dollar || bytes[star] != '*') {
      return false;
    }
    int sum = 0;
    for (int i = dollar + 1; i < star; i++) {
      sum ^= bytes[i];
    }
    return sum == 16 * digit(bytes[star + 1]) + digit(bytes[star + 2]);
  }

  /** A hexadecimal digit; far from any byte if it is none. */
  private static int digit(byte octet) {
    int digit = Character.digit(octet, 16);
    return digit < 0 ? 1 << 20 : digit;
  }

  private static NmeaSentence read(byte[] bytes, int dollar, int end) {
    String text =
        new String(bytes, dollar + 1, end - CHECKSUM_CHARS - dollar - 1, StandardCharsets.US_ASCII);
    List<String> parts = List.of(text.split(",", -1));
    return new NmeaSentence(parts.get(0), parts.subList(1, parts.size()));
  }
}
