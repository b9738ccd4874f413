package city.mycelium.simulator.serial;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * A GNSS receiver on a boat at anchor: RMC and GGA each second, a position that swings a few
 * metres, no fix for the first seconds. It takes no commands.
 *
 * <p>Source: NMEA 0183 version 4, sentences RMC and GGA; checksum = exclusive or of everything
 * between {@code $} and {@code *}.
 */
public final class GnssReceiver implements SerialChip {

  private static final int SECONDS_TO_FIX = 4;
  private static final double METRES_PER_DEGREE = 111_320;
  private static final double SWING_METRES = 6;
  private static final double SWING_SECONDS = 240;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss.SS", Locale.ROOT);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("ddMMyy", Locale.ROOT);

  private final double latitude;
  private final double longitude;
  private final Random random;
  private int seconds;

  /**
   * A receiver just switched on.
   *
   * @param latitude of the anchor, degrees north
   * @param longitude of the anchor, degrees east
   */
  public GnssReceiver(double latitude, double longitude, Random random) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.random = random;
  }

  @Override
  public byte[] hear(byte[] bytes, long epochMillis) {
    return new byte[0];
  }

  @Override
  public byte[] eachSecond(long epochMillis) {
    ZonedDateTime utc = Instant.ofEpochMilli(epochMillis).atZone(ZoneOffset.UTC);
    String time = TIME.format(utc);
    String date = DATE.format(utc);
    if (seconds++ < SECONDS_TO_FIX) {
      return bytes(
          "GPRMC," + time + ",V,,,,,,," + date + ",,,N", "GPGGA," + time + ",,,,,0,00,99.99,,,,,,");
    }
    double angle = 2 * Math.PI * seconds / SWING_SECONDS;
    String place = place(SWING_METRES * Math.sin(angle), SWING_METRES * Math.cos(angle));
    String moving = String.format(Locale.ROOT, "%.3f,%.2f", 0.31, Math.toDegrees(angle) % 360);
    String quality =
        String.format(
            Locale.ROOT,
            "1,%02d,%.2f,%.1f,M,45.6,M,,",
            8 + random.nextInt(4),
            0.9 + 0.4 * random.nextDouble(),
            1.2 + 0.3 * random.nextGaussian());
    return bytes(
        "GPRMC," + time + ",A," + place + "," + moving + "," + date + ",,,A",
        "GPGGA," + time + "," + place + "," + quality);
  }

  private String place(double metresNorth, double metresEast) {
    double north = latitude + metresNorth / METRES_PER_DEGREE;
    double east = longitude + metresEast / (METRES_PER_DEGREE * Math.cos(Math.toRadians(latitude)));
    return degreesAndMinutes(north, 2)
        + (north < 0 ? ",S," : ",N,")
        + degreesAndMinutes(east, 3)
        + (east < 0 ? ",W" : ",E");
  }

  /** {@code ddmm.mmmmm}: rounded as a whole, so that 60 minutes never appear. */
  private static String degreesAndMinutes(double degrees, int digits) {
    long hundredThousandths = Math.round(Math.abs(degrees) * 60 * 100_000);
    return String.format(
        Locale.ROOT,
        "%0" + digits + "d%08.5f",
        hundredThousandths / 6_000_000,
        hundredThousandths % 6_000_000 / 100_000.0);
  }

  private static byte[] bytes(String... sentences) {
    StringBuilder out = new StringBuilder();
    for (String sentence : sentences) {
      int checksum = 0;
      for (int i = 0; i < sentence.length(); i++) {
        checksum ^= sentence.charAt(i);
      }
      out.append(String.format(Locale.ROOT, "$%s*%02X\r\n", sentence, checksum));
    }
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
