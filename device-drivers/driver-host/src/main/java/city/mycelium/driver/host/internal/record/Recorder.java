package city.mycelium.driver.host.internal.record;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Reading;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tap with somebody who listens when asked: {@code record start}, {@code record status}, {@code
 * record stop}. One record at a time. Safe for use by many threads.
 */
public final class Recorder implements FrameTap {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Clock clock;
  private final String gateway;
  private volatile @Nullable Recording recording;

  /**
   * Nothing is recorded yet.
   *
   * @param folder where records go
   * @param gateway which version writes them
   */
  public Recorder(Path folder, Clock clock, String gateway) {
    this.folder = folder;
    this.clock = clock;
    this.gateway = gateway;
  }

  @Override
  public boolean isOpen(DeviceId device) {
    Recording now = recording;
    return now != null && now.wants(device);
  }

  @Override
  public void pass(DeviceId device, Way way, byte[] bytes) {
    Recording now = recording;
    if (now != null) {
      now.passed(device, way, bytes);
    }
  }

  @Override
  public void kept(List<Reading> readings, long receivedAt) {
    Recording now = recording;
    if (now != null) {
      now.kept(readings, receivedAt);
    }
  }

  /** The gateway stops. */
  public void close() {
    Recording now = recording;
    if (now != null) {
      now.end("the gateway stopped");
    }
  }

  /** The commands, for whoever publishes them. */
  public List<Command> commands() {
    return List.of(
        named("record start", this::start),
        named("record status", arguments -> required().standing()),
        named("record stop", arguments -> stop()));
  }

  private synchronized Map<String, Object> start(Map<String, String> arguments)
      throws CommandException {
    Recording now = recording;
    if (now != null && !now.isOver()) {
      throw new CommandException(
          "a record is being written already: wait for it, or end it with mycelium record stop");
    }
    Set<DeviceId> devices = new LinkedHashSet<>();
    for (String id : arguments.getOrDefault("devices", "").split(",", -1)) {
      if (!id.isBlank()) {
        devices.add(valid(text -> new DeviceId(text), id.strip()));
      }
    }
    Instant started = Instant.ofEpochMilli(clock.epochMillis());
    Path file = folder.resolve("record-" + NAME.format(started) + ".jsonl");
    try {
      RecordBounds bounds =
          new RecordBounds(
              devices,
              Duration.ofSeconds(valid(Long::parseLong, arguments.getOrDefault("seconds", "60"))),
              valid(Long::parseLong, arguments.getOrDefault("bytes", "10000000")),
              Boolean.parseBoolean(arguments.getOrDefault("with-personal", "false")));
      Recording begun = Recording.begin(file, bounds, clock, gateway);
      recording = begun;
      return begun.standing();
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(
          "the record cannot be written to " + file + ": " + e.getMessage(), e);
    }
  }

  private Map<String, Object> stop() throws CommandException {
    Recording now = required();
    now.end("it was ended by hand");
    return now.standing();
  }

  private Recording required() throws CommandException {
    Recording now = recording;
    if (now == null) {
      throw new CommandException("nothing was recorded since the gateway started");
    }
    return now;
  }

  private static <T> T valid(Function<String, T> parser, String text) throws CommandException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException("'" + text + "' does not fit here: " + e.getMessage(), e);
    }
  }

  private interface Deed {
    Map<String, Object> run(Map<String, String> arguments) throws CommandException;
  }

  private static Command named(String name, Deed deed) {
    return new Command() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
        return deed.run(arguments);
      }
    };
  }
}
