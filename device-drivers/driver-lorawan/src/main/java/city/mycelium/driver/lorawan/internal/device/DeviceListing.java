package city.mycelium.driver.lorawan.internal.device;

import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of devices as its file says it.
 *
 * @param devices those without a mistake, in the order of the file
 * @param mistakes what is wrong, in words; the devices concerned are not among those above
 * @param notices what is no mistake but should be looked at
 * @param plain keys that stand in the text as they are
 */
record DeviceListing(
    Map<Eui, Listed> devices,
    List<String> mistakes,
    List<String> notices,
    List<PlainKey> plain,
    boolean hasSealed,
    @Nullable Node array) {

  private static final Set<String> KNOWN =
      Set.of(
          "devEui",
          "joinEui",
          "name",
          "profile",
          "activation",
          "appKey",
          "devAddr",
          "nwkSKey",
          "appSKey",
          "version",
          "adr",
          "resetsCounters");
  private static final Pattern DEV_ADDR = Pattern.compile("[0-9a-fA-F]{8}");
  private static final Pattern KEY_LIKE =
      Pattern.compile("(?<![0-9a-zA-Z])[0-9a-fA-F]{32}(?![0-9a-zA-Z])");
  private static final int HEX = 16;

  /** A device and its place in the file. */
  record Listed(NewDevice device, Node place) {}

  /**
   * A key that stands in the text.
   *
   * @param from index of its opening quote
   * @param to index behind its closing quote
   */
  record PlainKey(int from, int to, Eui device, String purpose, AesKey key) {}

  /** An empty list. */
  static DeviceListing none() {
    return new DeviceListing(Map.of(), List.of(), List.of(), List.of(), false, null);
  }

  /**
   * Reads a list.
   *
   * @throws Mistake if the text as a whole is no list
   */
  static DeviceListing read(String text, KeyChest chest) throws Mistake {
    Reader reader = new Reader(text, chest);
    Node root = LocatedJson.read(text);
    Node.known(root.object("the file"), Set.of("devices"));
    Node array = root.member("devices");
    for (Node device : array.array("devices")) {
      reader.device(device);
    }
    reader.lookAtComments();
    return new DeviceListing(
        reader.devices, reader.mistakes, reader.notices, reader.plain, reader.sealed, array);
  }

  private static final class Reader {

    private final String text;
    private final KeyChest chest;
    final Map<Eui, Listed> devices = new LinkedHashMap<>();
    final List<String> mistakes = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    final List<PlainKey> plain = new ArrayList<>();
    boolean sealed;

    Reader(String text, KeyChest chest) {
      this.text = text;
      this.chest = chest;
    }

    void device(Node node) {
      try {
        Map<String, Node> members = node.object("a device");
        Eui devEui = eui(node.member("devEui"), "devEui");
        // Keys first: one that stands in plain is encrypted whatever else is wrong.
        Mistake trouble = null;
        Map<String, AesKey> keys = new LinkedHashMap<>();
        for (String purpose : List.of("appKey", "nwkSKey", "appSKey")) {
          Node key = members.get(purpose);
          if (key != null) {
            try {
              keys.put(purpose, key(devEui, purpose, key));
            } catch (Mistake e) {
              trouble = e;
            }
          }
        }
        if (trouble != null) {
          throw trouble;
        }
        Node.known(members, KNOWN);
        String profile = node.member("profile").text("profile");
        Node name = members.get("name");
        NewDevice device =
            new NewDevice(
                devEui,
                profile,
                own(node, members, keys, devEui, profile),
                name == null ? "" : name.text("name"));
        Listed listed = new Listed(device, node);
        if (devices.putIfAbsent(devEui, listed) != null) {
          throw new Mistake(
              node.line(), "device " + devEui + " is in the list already: remove one");
        }
      } catch (Mistake e) {
        mistakes.add(e.words());
      }
    }

    private static Optional<RegisteredDevice> own(
        Node node, Map<String, Node> members, Map<String, AesKey> keys, Eui devEui, String profile)
        throws Mistake {
      Node activation = members.get("activation");
      if (activation != null && activation.text("activation").equals("feed")) {
        refuse(
            members,
            "joinEui",
            "appKey",
            "devAddr",
            "nwkSKey",
            "appSKey",
            "version",
            "adr",
            "resetsCounters");
        return Optional.empty();
      }
      return Optional.of(
          new RegisteredDevice(
              devEui,
              joinEui(node, members),
              activation(node, members, keys),
              version(members),
              profile,
              truth(members, "adr", true),
              truth(members, "resetsCounters", false)));
    }

    private static Eui eui(Node node, String what) throws Mistake {
      try {
        return Eui.parse(node.text(what));
      } catch (IllegalArgumentException e) {
        throw new Mistake(
            node.line(),
            what + " is 16 hexadecimal digits, as printed on the device, such as 70b3d57ed0001a2b");
      }
    }

    private static Eui joinEui(Node node, Map<String, Node> members) throws Mistake {
      Node joinEui = members.get("joinEui");
      if (joinEui != null) {
        return eui(joinEui, "joinEui");
      }
      if (members.containsKey("appKey")) {
        throw new Mistake(
            node.line(),
            "'joinEui' is missing (AppEUI in older papers): a device needs it to join");
      }
      return new Eui(0);
    }

    private AesKey key(Eui device, String purpose, Node node) throws Mistake {
      String value = node.text(purpose);
      if (value.startsWith(KeyChest.SEALED)) {
        sealed = true;
        try {
          return chest.open(device, purpose, value);
        } catch (IOException e) {
          throw new Mistake(node.line(), purpose + ": " + e.getMessage());
        }
      }
      AesKey key;
      try {
        key = AesKey.parse(value);
      } catch (IllegalArgumentException e) {
        throw new Mistake(
            node.line(),
            purpose + " is 32 hexadecimal digits; this has " + value.length() + " characters");
      }
      int from = node.end() - value.length() - 2;
      if (from < 0 || !text.regionMatches(from + 1, value, 0, value.length())) {
        throw new Mistake(node.line(), purpose + " must be written without backslashes");
      }
      plain.add(new PlainKey(from, node.end(), device, purpose, key));
      return key;
    }

    private static Activation activation(
        Node node, Map<String, Node> members, Map<String, AesKey> keys) throws Mistake {
      Node given = members.get("activation");
      String kind =
          given == null
              ? (keys.containsKey("appKey") ? "otaa" : "abp")
              : given.text("activation").toLowerCase(java.util.Locale.ROOT);
      return switch (kind) {
        case "otaa" -> {
          refuse(members, "devAddr", "nwkSKey", "appSKey");
          yield new Activation.Otaa(needed(node, keys, "appKey"));
        }
        case "abp" -> {
          refuse(members, "appKey");
          yield new Activation.Abp(
              devAddr(node.member("devAddr")),
              needed(node, keys, "nwkSKey"),
              needed(node, keys, "appSKey"));
        }
        default ->
            throw new Mistake(
                node.line(),
                "activation is \"otaa\" (the device joins, with an appKey), \"abp\" (devAddr,"
                    + " nwkSKey and appSKey are given) or \"feed\" (another network hears it)");
      };
    }

    private static void refuse(Map<String, Node> members, String... names) throws Mistake {
      for (String name : names) {
        Node member = members.get(name);
        if (member != null) {
          throw new Mistake(
              member.line(),
              "'"
                  + name
                  + "' does not go with this activation: otaa has an appKey; abp has"
                  + " devAddr, nwkSKey and appSKey; feed has none of them");
        }
      }
    }

    private static AesKey needed(Node node, Map<String, AesKey> keys, String purpose)
        throws Mistake {
      AesKey key = keys.get(purpose);
      if (key == null) {
        throw new Mistake(node.line(), "'" + purpose + "' is missing");
      }
      return key;
    }

    private static int devAddr(Node node) throws Mistake {
      String value = node.text("devAddr");
      if (!DEV_ADDR.matcher(value).matches()) {
        throw new Mistake(node.line(), "devAddr is 8 hexadecimal digits, such as 260b1a2b");
      }
      return Integer.parseUnsignedInt(value, HEX);
    }

    private static Version version(Map<String, Node> members) throws Mistake {
      Node version = members.get("version");
      if (version == null) {
        return Version.V1_0_3;
      }
      return switch (version.text("version")) {
        case "1.0", "1.0.0", "1.0.1", "1.0.2", "1.0.3" -> Version.V1_0_3;
        case "1.0.4" -> Version.V1_0_4;
        default ->
            throw new Mistake(
                version.line(),
                "version is \"1.0.3\" (also for 1.0 to 1.0.2) or \"1.0.4\"; devices of LoRaWAN 1.1"
                    + " are not supported, most of them can be set to 1.0.4");
      };
    }

    private static boolean truth(Map<String, Node> members, String name, boolean otherwise)
        throws Mistake {
      Node node = members.get(name);
      return node == null ? otherwise : node.truth(name);
    }

    /** A key that somebody has commented out stays readable: that is worth a word. */
    void lookAtComments() {
      String bare = LocatedJson.blank(text);
      Matcher matcher = KEY_LIKE.matcher(text);
      while (matcher.find()) {
        if (bare.charAt(matcher.start()) == ' ') {
          notices.add(
              "line "
                  + (1 + text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count())
                  + ": a comment holds what looks like a key, and stays readable: remove it");
        }
      }
    }
  }
}
