package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.codec.Codec;
import city.mycelium.driver.lorawan.internal.codec.CodecEngine;
import city.mycelium.driver.lorawan.internal.codec.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds of devices whose payload is understood: those that are built in, and those of the
 * operator's folder, each a folder with a {@code profile.json} and the vendor's script. One of the
 * operator's goes before a built-in one of the same name.
 *
 * <p>A change with a mistake leaves what was good in force. Kinds can be asked for by any thread; a
 * script that is built in is compiled when it is first asked for.
 */
public final class Profiles {

  private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);

  static final String FILE = "profile.json";

  private static final String BUILT_IN = "/city/mycelium/driver/lorawan/devices/";
  private static final String INDEX = "index.txt";
  private static final int MOST_BYTES = 1_000_000;
  private static final String NAME = "[a-z0-9][a-z0-9.-]{0,63}";

  private final CodecEngine vouched;
  private final CodecEngine unvouched;
  private final Optional<Path> folder;
  private final List<String> builtIn;
  private final Map<String, DeviceKind> readyBuiltIn = new ConcurrentHashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private volatile Map<String, DeviceKind> operators = Map.of();
  private volatile List<String> mistakes = List.of();

  /**
   * A kind of device.
   *
   * @param codec its script, ready to run; nothing if the network decodes
   */
  public record DeviceKind(Profile profile, Optional<Codec> codec) {}

  /**
   * Knows the built-in kinds; see {@link #look} for the operator's.
   *
   * @param vouched runs scripts that somebody vouches for
   * @param unvouched runs all others
   * @param folder the operator's
   */
  public Profiles(CodecEngine vouched, CodecEngine unvouched, Optional<Path> folder) {
    this.vouched = vouched;
    this.unvouched = unvouched;
    this.folder = folder;
    builtIn = resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /** The names of all kinds, sorted. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(builtIn);
    names.addAll(operators.keySet());
    return List.copyOf(names);
  }

  /** What is wrong in the operator's folder, each in words. */
  public List<String> mistakes() {
    return mistakes;
  }

  /** Whether scripts of this kind run in the gateway's own process; returns at once. */
  public boolean isVouched(String name) {
    DeviceKind own = operators.get(name);
    return own == null || own.profile().trusted();
  }

  /**
   * The kind with this name, if it is known.
   *
   * @throws Mistake if it is known and cannot be used
   */
  public Optional<DeviceKind> named(String name) throws Mistake {
    DeviceKind own = operators.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    if (!builtIn.contains(name)) {
      return Optional.empty();
    }
    DeviceKind ready = readyBuiltIn.get(name);
    if (ready == null) {
      ready = builtIn(name);
      readyBuiltIn.put(name, ready);
    }
    return Optional.of(ready);
  }

  /**
   * Makes kinds ready that will soon be asked for; what is wrong with one is said when it is. For
   * any thread; takes a second or more for the first.
   */
  public void prepare(Collection<String> names) {
    for (String name : names) {
      try {
        var unused = named(name);
      } catch (Mistake e) {
        LOG.debug("{}", e.words()); // the first payload of this kind gets the same answer
      }
    }
  }

  private DeviceKind builtIn(String name) throws Mistake {
    Profile profile = ProfileText.read(name, resource(name + "/" + FILE), true);
    return ready(profile, profile.codec().isEmpty() ? "" : resource(name + "/" + profile.codec()));
  }

  private static String resource(String path) {
    try (InputStream in = Profiles.class.getResourceAsStream(BUILT_IN + path)) {
      if (in == null) {
        throw new IllegalStateException("the driver's bundle lacks " + BUILT_IN + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the driver's own bundle cannot be read", e);
    }
  }

  private DeviceKind ready(Profile profile, String script) throws Mistake {
    if (profile.codec().isEmpty()) {
      return new DeviceKind(profile, Optional.empty());
    }
    CodecEngine engine = profile.trusted() ? vouched : unvouched;
    try {
      return new DeviceKind(
          profile, Optional.of(engine.install(profile.name() + "/" + profile.codec(), script)));
    } catch (CodecException e) {
      throw new Mistake(0, String.valueOf(e.getMessage())); // says which script and which line
    }
  }

  /**
   * Reads the operator's folder anew where it has changed; for one thread at a time.
   *
   * @return whether anything has
   */
  public boolean look() {
    if (folder.isEmpty()) {
      return false;
    }
    Map<String, DeviceKind> now = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    boolean changed = false;
    List<Path> folders = folders(folder.get(), wrong);
    for (Path own : folders) {
      String name = own.getFileName().toString();
      String stamp = stamp(own);
      DeviceKind before = operators.get(name);
      if (stamp.equals(seen.get(name))) {
        if (before != null) {
          now.put(name, before);
        }
        mistakes.stream().filter(m -> m.startsWith(name + "/")).forEach(wrong::add);
        continue;
      }
      changed = true;
      seen.put(name, stamp);
      try {
        now.put(name, read(name, own));
      } catch (Mistake e) {
        wrong.add(e.words().startsWith(name + "/") ? e.words() : name + "/: " + e.words());
        if (before != null) {
          now.put(name, before);
        }
      }
    }
    changed |=
        seen.keySet().retainAll(folders.stream().map(f -> f.getFileName().toString()).toList());
    changed |= !wrong.equals(mistakes);
    operators = now;
    mistakes = List.copyOf(wrong);
    return changed;
  }

  private static List<Path> folders(Path folder, List<String> wrong) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(own -> Files.exists(own.resolve(FILE))).sorted().toList();
    } catch (IOException e) {
      wrong.add(folder + " cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private DeviceKind read(String name, Path own) throws Mistake {
    if (!name.matches(NAME)) {
      throw new Mistake(0, "a profile's folder is named in a-z 0-9 . - such as acme-bay-2");
    }
    Profile profile = ProfileText.read(name, text(own.resolve(FILE)), false);
    return ready(profile, profile.codec().isEmpty() ? "" : text(own.resolve(profile.codec())));
  }

  private static String text(Path file) throws Mistake {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Mistake(0, file.getFileName() + " has more than " + MOST_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Mistake(0, file.getFileName() + " cannot be read: " + e);
    }
  }

  /** What the files of a folder look like; the same as long as nobody has changed them. */
  private static String stamp(Path own) {
    StringBuilder stamp = new StringBuilder();
    try (Stream<Path> files = Files.list(own)) {
      for (Path file : files.sorted().toList()) {
        stamp
            .append(file.getFileName())
            .append(' ')
            .append(Files.getLastModifiedTime(file))
            .append(' ')
            .append(Files.size(file))
            .append('\n');
      }
    } catch (IOException e) {
      stamp.append(e);
    }
    return stamp.toString();
  }
}
