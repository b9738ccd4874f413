package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.device.DeviceListing.Listed;
import city.mycelium.driver.lorawan.internal.device.DeviceListing.PlainKey;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one readable file in the data directory: written by people and by commands, JSON
 * with comments. Keys that somebody wrote in plain are encrypted in place when the file is read;
 * nothing else of the text is touched.
 *
 * <p>A file with a mistake changes nothing: what was in force stays so. At the start nothing is,
 * and then the devices without a mistake are taken.
 *
 * <p>The devices can be asked for by any thread without waiting. {@link #look}, {@link #add} and
 * {@link #remove} read and write the disk, one at a time.
 */
public final class DeviceFile implements Devices {

  public static final String NAME = "lorawan-devices.json";

  private static final int MOST_BYTES = 8_000_000;
  private static final String EMPTY =
      """
      // The LoRaWAN devices of this gateway: docs/lorawan.md. Keys may be written here in plain;
      // the gateway encrypts them in place as soon as it reads the file.
      {
        "devices": [
        ]
      }
      """;

  private final Path file;
  private final KeyChest chest;
  private volatile State state =
      new State(Map.of(), List.of(), Map.of(), Map.of(), List.of(), List.of());

  /** What the file looked like when it was last read. */
  private @Nullable Stamp seen;

  private boolean loaded;

  private record Stamp(long modified, long size, @Nullable Object inode) {}

  private record State(
      Map<Eui, RegisteredDevice> devices,
      List<NewDevice> listed,
      Map<Eui, String> profiles,
      Map<Integer, List<RegisteredDevice>> personalized,
      List<RegisteredDevice> all,
      List<String> mistakes) {}

  /** What a look at the file has brought. */
  public enum Look {
    /** It is as it was. */
    UNCHANGED,
    /** It has changed, and is in force. */
    IN_FORCE,
    /** It has a mistake: see {@link #mistakes()}. */
    MISTAKEN
  }

  /** The file of a data directory; nothing is read yet, see {@link #look}. */
  public DeviceFile(Path dataDirectory) {
    file = dataDirectory.resolve(NAME);
    chest = new KeyChest(dataDirectory);
  }

  public Path path() {
    return file;
  }

  @Override
  public Optional<RegisteredDevice> device(Eui devEui) {
    return Optional.ofNullable(state.devices().get(devEui));
  }

  @Override
  public List<RegisteredDevice> personalized(int devAddr) {
    return state.personalized().getOrDefault(devAddr, List.of());
  }

  @Override
  public List<RegisteredDevice> all() {
    return state.all();
  }

  /** All that the file lists, also what only another network hears; by DevEUI. */
  public List<NewDevice> listed() {
    return state.listed();
  }

  /** The profile of a listed device, whoever hears it. */
  public Optional<String> profile(Eui devEui) {
    return Optional.ofNullable(state.profiles().get(devEui));
  }

  /** What is wrong with the file, and what deserves a look, each in words; empty if all is well. */
  public List<String> mistakes() {
    return state.mistakes();
  }

  /** Reads the file if it has changed since the last look. */
  public synchronized Look look() {
    try {
      Stamp now = stamp();
      if (loaded && now.equals(seen)) {
        return Look.UNCHANGED;
      }
      seen = now;
      return load(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      boolean same = loaded && seen == null;
      seen = null;
      loaded = true;
      if (same) {
        return Look.UNCHANGED;
      }
      if (!state.listed().isEmpty()) {
        return mistaken(List.of("the file is gone; its devices stay in force until a restart"));
      }
      state = stateOf(DeviceListing.none());
      return Look.IN_FORCE;
    } catch (IOException e) {
      return mistaken(List.of("the file cannot be read: " + reason(e)));
    }
  }

  private Look load(String text) throws IOException {
    DeviceListing listing;
    try {
      listing = DeviceListing.read(text, chest);
    } catch (Mistake e) {
      loaded = true;
      return mistaken(List.of(e.words()));
    }
    List<String> mistakes = new ArrayList<>(listing.mistakes());
    sealPlainKeys(text, listing).ifPresent(mistakes::add);
    boolean first = !loaded || state.listed().isEmpty();
    loaded = true;
    if (!listing.mistakes().isEmpty() && !first) {
      return mistaken(mistakes);
    }
    State fresh = stateOf(listing);
    mistakes.addAll(listing.notices());
    state =
        new State(
            fresh.devices(),
            fresh.listed(),
            fresh.profiles(),
            fresh.personalized(),
            fresh.all(),
            List.copyOf(mistakes));
    return listing.mistakes().isEmpty() ? Look.IN_FORCE : Look.MISTAKEN;
  }

  private Look mistaken(List<String> mistakes) {
    State before = state;
    state =
        new State(
            before.devices(),
            before.listed(),
            before.profiles(),
            before.personalized(),
            before.all(),
            List.copyOf(mistakes));
    return Look.MISTAKEN;
  }

  /** Encrypts what stands in plain; says what is in the way, if something is. */
  private Optional<String> sealPlainKeys(String text, DeviceListing listing) {
    if (listing.plain().isEmpty()) {
      return Optional.empty();
    }
    if (listing.hasSealed() && !chest.exists()) {
      // With a new master key the old one could not be put back any more.
      return Optional.of(
          "keys stay in plain: "
              + KeyChest.FILE
              + " is missing; put it back from a backup, or write all keys again");
    }
    try {
      if (!stamp().equals(seen)) {
        return Optional.empty(); // somebody is writing: the next look does it
      }
      write(sealed(text, listing));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("keys stay in plain, the file cannot be written: " + reason(e));
    }
  }

  private String sealed(String text, DeviceListing listing) throws IOException {
    StringBuilder out = new StringBuilder(text);
    List<PlainKey> lastFirst = new ArrayList<>(listing.plain());
    lastFirst.sort(Comparator.comparingInt(PlainKey::from).reversed());
    for (PlainKey key : lastFirst) {
      String sealed = chest.seal(key.device(), key.purpose(), key.key());
      out.replace(key.from(), key.to(), '"' + sealed + '"');
    }
    return out.toString();
  }

  private void write(String text) throws IOException {
    PrivateFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    seen = stamp();
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.size() > MOST_BYTES) {
      throw new IOException("it has more than " + MOST_BYTES + " bytes; no list of devices does");
    }
    return new Stamp(
        attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
        attributes.size(),
        attributes.fileKey());
  }

  private static State stateOf(DeviceListing listing) {
    Map<Eui, RegisteredDevice> devices = new TreeMap<>();
    Map<Eui, NewDevice> all = new TreeMap<>();
    Map<Eui, String> profiles = new HashMap<>();
    Map<Integer, List<RegisteredDevice>> personalized = new HashMap<>();
    for (Listed listed : listing.devices().values()) {
      all.put(listed.device().devEui(), listed.device());
      profiles.put(listed.device().devEui(), listed.device().profile());
      if (listed.device().own().isEmpty()) {
        continue;
      }
      RegisteredDevice device = listed.device().own().get();
      devices.put(device.devEui(), device);
      if (device.activation() instanceof Activation.Abp abp) {
        personalized.computeIfAbsent(abp.devAddr(), addr -> new ArrayList<>()).add(device);
      }
    }
    personalized.replaceAll((addr, list) -> List.copyOf(list));
    return new State(
        Map.copyOf(devices),
        List.copyOf(all.values()),
        profiles,
        personalized,
        List.copyOf(devices.values()),
        listing.notices());
  }

  /**
   * Registers a device: it is in the file, its keys encrypted, and in force when this returns.
   *
   * @throws Mistake if it is there already, or the file has a mistake or cannot be written
   */
  public synchronized void add(NewDevice added) throws Mistake {
    Eui devEui = added.devEui();
    try {
      String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : EMPTY;
      DeviceListing listing = sound(text);
      if (listing.devices().containsKey(devEui)) {
        throw new Mistake(
            0,
            "device "
                + devEui
                + " is registered already. To change it, edit "
                + file
                + ", or remove it and add it again");
      }
      if (listing.hasSealed() && !chest.exists()) {
        throw new Mistake(0, KeyChest.FILE + " is missing: put it back from a backup");
      }
      put(inserted(text, listing, entry(added)));
    } catch (IOException e) {
      throw new Mistake(0, file + " cannot be changed: " + reason(e));
    }
  }

  /**
   * Takes a device off the list; what it has said stays.
   *
   * @throws Mistake if it is not there, or the file has a mistake or cannot be written
   */
  public synchronized void remove(Eui devEui) throws Mistake {
    try {
      String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : EMPTY;
      Listed listed = sound(text).devices().get(devEui);
      if (listed == null) {
        throw new Mistake(0, "no device " + devEui + " is registered: mycelium device list");
      }
      put(without(text, listed.place()));
    } catch (IOException e) {
      throw new Mistake(0, file + " cannot be changed: " + reason(e));
    }
  }

  private DeviceListing sound(String text) throws Mistake {
    DeviceListing listing = DeviceListing.read(text, chest);
    if (!listing.mistakes().isEmpty()) {
      throw new Mistake(
          0, file + " has a mistake, put that right first: " + listing.mistakes().get(0));
    }
    return listing;
  }

  private void put(String text) throws IOException, Mistake {
    DeviceListing listing = sound(text);
    write(listing.plain().isEmpty() ? text : sealed(text, listing));
    state = stateOf(listing);
    loaded = true;
  }

  private String entry(NewDevice added) throws IOException {
    Eui eui = added.devEui();
    StringBuilder entry = new StringBuilder("{\n");
    member(entry, "devEui", eui.toString());
    if (!added.name().isEmpty()) {
      member(entry, "name", added.name());
    }
    member(entry, "profile", added.profile());
    if (added.own().isEmpty()) {
      return entry.append("      \"activation\": \"feed\"\n    }").toString();
    }
    RegisteredDevice device = added.own().get();
    if (device.activation() instanceof Activation.Otaa otaa) {
      member(entry, "joinEui", device.joinEui().toString());
      member(entry, "activation", "otaa");
      member(entry, "appKey", chest.seal(eui, "appKey", otaa.appKey()));
    } else if (device.activation() instanceof Activation.Abp abp) {
      member(entry, "activation", "abp");
      member(entry, "devAddr", String.format(Locale.ROOT, "%08x", abp.devAddr()));
      member(entry, "nwkSKey", chest.seal(eui, "nwkSKey", abp.nwkSKey()));
      member(entry, "appSKey", chest.seal(eui, "appSKey", abp.appSKey()));
    }
    boolean is104 = device.version() == RegisteredDevice.Version.V1_0_4;
    member(entry, "version", is104 ? "1.0.4" : "1.0.3");
    entry.append("      \"adr\": ").append(device.adr());
    if (device.resetsCounters()) {
      entry.append(",\n      \"resetsCounters\": true");
    }
    return entry.append("\n    }").toString();
  }

  private static void member(StringBuilder entry, String name, String value) {
    entry.append("      \"").append(name).append("\": ").append(Json.createValue(value));
    entry.append(",\n");
  }

  private static String inserted(String text, DeviceListing listing, String entry) throws Mistake {
    Node array = java.util.Objects.requireNonNull(listing.array());
    List<Node> elements = array.array("devices");
    if (elements.isEmpty()) {
      int bracket = array.end() - 1;
      String before = text.substring(0, bracket).stripTrailing();
      return before + "\n    " + entry + "\n  " + text.substring(bracket);
    }
    int behind = elements.get(elements.size() - 1).end();
    return text.substring(0, behind) + ",\n    " + entry + text.substring(behind);
  }

  /** Takes the braces and one comma away; comments stay where they are. */
  private static String without(String text, Node place) {
    StringBuilder out = new StringBuilder(text);
    String bare = LocatedJson.blank(text);
    int next = firstBehind(bare, place.end());
    if (bare.charAt(next) == ',') {
      out.delete(next, next + 1);
      out.delete(place.start(), place.end());
      return out.toString();
    }
    out.delete(place.start(), place.end());
    int previous = place.start() - 1;
    while (Character.isWhitespace(bare.charAt(previous))) {
      previous--;
    }
    if (bare.charAt(previous) == ',') {
      out.delete(previous, previous + 1);
    }
    return out.toString();
  }

  private static int firstBehind(String bare, int from) {
    int at = from;
    while (Character.isWhitespace(bare.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.charset.CharacterCodingException
        ? "it is not UTF-8 text"
        : String.valueOf(e.getMessage());
  }
}
