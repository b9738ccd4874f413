package city.mycelium.driver.lorawan.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.driver.lorawan.internal.device.Activation;
import city.mycelium.driver.lorawan.internal.device.AesKey;
import city.mycelium.driver.lorawan.internal.device.DeviceFile;
import city.mycelium.driver.lorawan.internal.device.Mistake;
import city.mycelium.driver.lorawan.internal.device.NewDevice;
import city.mycelium.driver.lorawan.internal.device.Profiles;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice;
import city.mycelium.driver.lorawan.internal.device.RegisteredDevice.Version;
import city.mycelium.driver.lorawan.internal.radio.Eui;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code device add}, {@code device remove} and {@code lorawan status}. */
final class LorawanCommands {

  private static final int HEX = 16;

  private LorawanCommands() {}

  /** Those that change the list of devices. */
  static List<Command> ofDevices(DeviceFile devices, Profiles profiles) {
    return List.of(new AddDevice(devices, profiles), new RemoveDevice(devices));
  }

  /** The one that tells how things stand. */
  static Command status(Supplier<Map<String, Object>> status) {
    return new Status(status);
  }

  private record AddDevice(DeviceFile devices, Profiles profiles) implements Command {

    @Override
    public String name() {
      return "device add";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String profile = needed(arguments, "profile", "what kind of device it is");
      if (!profiles.names().contains(profile)) {
        throw new CommandException(
            "there is no profile '"
                + profile
                + "'. There are "
                + String.join(", ", profiles.names())
                + "; docs/lorawan.md says how to add one");
      }
      Eui devEui = eui(arguments, "dev-eui");
      String name = arguments.getOrDefault("name", "");
      String activation = arguments.getOrDefault("activation", "");
      NewDevice device =
          activation.equals("feed")
              ? NewDevice.heardElsewhere(devEui, profile, name)
              : NewDevice.heardHere(own(arguments, devEui, profile), name);
      try {
        devices.add(device);
      } catch (Mistake e) {
        throw new CommandException(e.words(), e);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("device", "lorawan." + devEui);
      answer.put("profile", profile);
      answer.put(
          "activation",
          device
              .own()
              .map(own -> own.activation() instanceof Activation.Otaa ? "otaa" : "abp")
              .orElse("feed"));
      answer.put("state", "registered");
      return answer;
    }

    private static RegisteredDevice own(Map<String, String> arguments, Eui devEui, String profile)
        throws CommandException {
      return new RegisteredDevice(
          devEui,
          arguments.containsKey("dev-addr") && !arguments.containsKey("join-eui")
              ? new Eui(0)
              : eui(arguments, "join-eui"),
          activation(arguments),
          version(arguments.getOrDefault("lorawan", "1.0.3")),
          profile,
          truth(arguments, "adr", true),
          truth(arguments, "resets-counters", false));
    }

    private static Activation activation(Map<String, String> arguments) throws CommandException {
      String devAddr = arguments.get("dev-addr");
      if (devAddr == null) {
        return new Activation.Otaa(key(arguments, "app-key"));
      }
      if (!devAddr.matches("[0-9a-fA-F]{8}")) {
        throw new CommandException("dev-addr is 8 hexadecimal digits, such as 260b1a2b");
      }
      return new Activation.Abp(
          Integer.parseUnsignedInt(devAddr, HEX),
          key(arguments, "nwk-skey"),
          key(arguments, "app-skey"));
    }

    private static AesKey key(Map<String, String> arguments, String name) throws CommandException {
      try {
        return AesKey.parse(needed(arguments, name, "the key").strip());
      } catch (IllegalArgumentException e) {
        throw new CommandException(name + ": " + e.getMessage(), e);
      }
    }

    private static Version version(String given) throws CommandException {
      if (given.equals("1.0.4")) {
        return Version.V1_0_4;
      }
      if (given.matches("1\\.0(\\.[0-3])?")) {
        return Version.V1_0_3;
      }
      throw new CommandException("--lorawan is 1.0.3 (also for 1.0 to 1.0.2) or 1.0.4");
    }

    private static boolean truth(Map<String, String> arguments, String name, boolean otherwise)
        throws CommandException {
      String given = arguments.get(name);
      if (given == null) {
        return otherwise;
      }
      if (given.equals("true") || given.equals("false")) {
        return given.equals("true");
      }
      throw new CommandException("--" + name + " is true or false");
    }
  }

  private record RemoveDevice(DeviceFile devices) implements Command {

    @Override
    public String name() {
      return "device remove";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
      String given = needed(arguments, "device", "which").strip();
      String text = given.startsWith("lorawan.") ? given.substring("lorawan.".length()) : given;
      Eui devEui;
      try {
        devEui = Eui.parse(text);
      } catch (IllegalArgumentException e) {
        throw new CommandException(
            "only LoRaWAN devices are removed so: mycelium device remove lorawan.<DevEUI>", e);
      }
      try {
        devices.remove(devEui);
      } catch (Mistake e) {
        throw new CommandException(e.words(), e);
      }
      return Map.of("device", "lorawan." + devEui, "state", "removed; what it has said stays");
    }
  }

  private record Status(Supplier<Map<String, Object>> status) implements Command {

    @Override
    public String name() {
      return "lorawan status";
    }

    @Override
    public Map<String, Object> run(Map<String, String> arguments) {
      return status.get();
    }
  }

  private static String needed(Map<String, String> arguments, String name, String what)
      throws CommandException {
    @Nullable String value = arguments.get(name);
    if (value == null || value.isBlank()) {
      throw new CommandException("say " + what + ": --" + name);
    }
    return value;
  }

  private static Eui eui(Map<String, String> arguments, String name) throws CommandException {
    try {
      return Eui.parse(needed(arguments, name, "which").strip());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "--" + name + ": " + e.getMessage() + "; it stands on the device or in its papers", e);
    }
  }
}
