package city.mycelium.driver.host.internal.record;

import city.mycelium.api.driver.FrameTap.Way;
import city.mycelium.api.driver.Opening;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import city.mycelium.driver.host.record.RecordFormat;
import city.mycelium.driver.host.record.RecordLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record, while it is written. Safe for use by many threads; ends by itself when it is as long
 * or as large as it may be, or its medium fails.
 */
final class Recording {

  private static final HexFormat HEX = HexFormat.of();

  /** Kept free for the last line, so that a full record has its end too. */
  private static final int ROOM_FOR_THE_END = 500;

  private final Path file;
  private final RecordBounds bounds;
  private final Clock clock;
  private final long startedNanos;
  private final BufferedWriter out;

  /** Devices whose record has begun with their opening, and whether they are personal. */
  private final Map<DeviceId, Boolean> opened = new HashMap<>();

  private long lines;
  private long masked;
  private long bytes;
  private @Nullable String over;

  private Recording(Path file, RecordBounds bounds, Clock clock, BufferedWriter out) {
    this.file = file;
    this.bounds = bounds;
    this.clock = clock;
    this.out = out;
    startedNanos = clock.monotonicNanos();
  }

  /**
   * Begins a record in a new file that only its owner can read.
   *
   * @param gateway which version writes it
   * @throws IOException if the file cannot be written, or is there already
   */
  static Recording begin(Path file, RecordBounds bounds, Clock clock, String gateway)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Recording recording =
        new Recording(
            file,
            bounds,
            clock,
            Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE));
    recording.write(new RecordLine.Beginning(gateway, clock.epochMillis()));
    return recording;
  }

  synchronized boolean wants(DeviceId device) {
    return over == null && bounds.includes(device);
  }

  synchronized void passed(DeviceId device, Way way, byte[] passed) {
    if (isDue() || !wants(device)) {
      return;
    }
    if (way == Way.OPENED) {
      opened.put(device, Opening.parse(passed).personal() && !bounds.withPersonal());
    }
    Boolean personal = opened.get(device);
    if (personal == null) {
      return; // without its beginning it could not be replayed
    }
    if (personal && (way == Way.HEARD || way == Way.SAID)) {
      masked++;
      write(new RecordLine.Masked(micros(), device, way, passed.length));
    } else {
      write(new RecordLine.Passed(micros(), device, way, HEX.formatHex(passed)));
    }
  }

  synchronized void kept(List<Reading> readings, long receivedAt) {
    if (isDue()) {
      return;
    }
    Map<DeviceId, List<RecordLine.Value>> byDevice = new LinkedHashMap<>();
    for (Reading reading : readings) {
      DeviceId device = reading.channel().device();
      if (wants(device) && Boolean.FALSE.equals(opened.get(device))) {
        byDevice
            .computeIfAbsent(device, d -> new ArrayList<>())
            .add(
                new RecordLine.Value(
                    reading.channel().name(), reading.phenomenonTime(), reading.result()));
      }
    }
    byDevice.forEach(
        (device, values) -> write(new RecordLine.Kept(micros(), device, receivedAt, values)));
  }

  /** Whether it has ended by now, of its own accord or not. */
  synchronized boolean isOver() {
    return isDue() || over != null;
  }

  /** Ends it; a record that has ended stays as it is. */
  synchronized void end(String why) {
    if (over == null) {
      over = why;
      try (out) {
        out.write(RecordFormat.write(new RecordLine.End(micros(), why)));
        out.newLine();
      } catch (IOException e) {
        over = why + "; its last line could not be written: " + e.getMessage();
      }
    }
  }

  /** How it stands, for a person. */
  synchronized Map<String, Object> standing() {
    Map<String, Object> standing = new LinkedHashMap<>();
    standing.put("file", file.toString());
    standing.put("recording", !isOver());
    standing.put("seconds", micros() / 1_000_000);
    standing.put("devices", (long) opened.size());
    standing.put("lines", lines);
    standing.put("masked", masked);
    standing.put("bytes", bytes);
    if (over != null) {
      standing.put("ended", over);
    }
    return standing;
  }

  private boolean isDue() {
    if (over == null && micros() / 1_000 >= bounds.atMost().toMillis()) {
      end("the time was over");
    }
    return over != null;
  }

  private void write(RecordLine line) {
    if (over != null) {
      return;
    }
    String text = RecordFormat.write(line);
    long size = text.getBytes(StandardCharsets.UTF_8).length + 1L;
    if (bytes + size > bounds.bytes() - ROOM_FOR_THE_END) {
      end("the file is as large as it may be");
      return;
    }
    try {
      out.write(text);
      out.newLine();
      out.flush(); // what happened just before the power went is what one wants to see
      bytes += size;
      lines++;
    } catch (IOException e) {
      over = "the file cannot be written: " + e.getMessage();
    }
  }

  private long micros() {
    return (clock.monotonicNanos() - startedNanos + 999) / 1_000; // never before it was
  }
}
