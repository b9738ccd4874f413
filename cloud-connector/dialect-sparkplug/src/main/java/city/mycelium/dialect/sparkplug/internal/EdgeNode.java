package city.mycelium.dialect.sparkplug.internal;

import city.mycelium.api.dialect.Described;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an edge node is called and how it is set up.
 *
 * @param group Sparkplug 3.0, 4.1.2
 * @param edgeNode 4.1.3; {@code {gateway}} stands for the gateway's id
 * @param byDevice whether a Sparkplug device is one of our devices; else it is a Thing
 * @param primaryHost whom to wait for (5.4); empty: for nobody
 * @param historicalAfterMillis what is older when it is sent is told as history
 * @param fence whether a message that the broker must confirm is sent after the data
 */
record EdgeNode(
    String group,
    String edgeNode,
    boolean byDevice,
    String primaryHost,
    long historicalAfterMillis,
    boolean fence,
    Names names) {

  static final String NAMESPACE = "spBv1.0/";

  static final List<Option> OPTIONS =
      List.of(
          new Option("group", "mycelium", "Sparkplug's group id; one level of a topic"),
          new Option(
              "edgeNode",
              "{gateway}",
              "Sparkplug's edge node id, unique in its group; {gateway} stands for the gateway's"
                  + " own id"),
          new Option(
              "devices",
              "things",
              "things: a Sparkplug device is a Thing; devices: it is the device that measures"),
          new Option(
              "primaryHost",
              "",
              "id of the host that must be online for anything to be sent; empty: none is waited"
                  + " for"),
          new Option(
              "historicalAfterSeconds",
              "60",
              "data older than this when it is sent is marked as historical, 1 to 86400"),
          new Option(
              "fence",
              "on",
              "on: after the data a message is sent that the broker has to confirm, outside of"
                  + " Sparkplug's topics; off: what was written to the line counts as delivered"));

  /** One level of a topic, as far as a channel can say it (Sparkplug 3.0, 4.1.6). */
  private static final Pattern LEVEL = Pattern.compile("[!-~&&[^\"#+/<>\\\\^`{|}]]{1,100}");

  static EdgeNode of(Settings settings, Names names) throws SettingsException {
    EdgeNode node =
        new EdgeNode(
            settings.text("group"),
            settings.text("edgeNode"),
            settings.choice("devices", List.of("things", "devices")).equals("devices"),
            settings.text("primaryHost"),
            settings.whole("historicalAfterSeconds", 1, 86_400) * 1_000L,
            settings.choice("fence", List.of("on", "off")).equals("on"),
            names);
    requireLevel("group", node.group());
    requireLevel("edgeNode", node.edgeNode().replace("{gateway}", "gateway"));
    if (!node.primaryHost().isEmpty()) {
      requireLevel("primaryHost", node.primaryHost());
    }
    for (String name : names.things().values()) {
      requireLevel("the name of a Thing", name);
    }
    return node;
  }

  private static void requireLevel(String what, String level) throws SettingsException {
    if (!LEVEL.matcher(level).matches()) {
      throw new SettingsException(
          what
              + " is one level of a topic: 1 to 100 characters of ASCII without space, + / #, not '"
              + level
              + "'");
    }
  }

  String id(Link link) {
    return edgeNode.replace("{gateway}", link.gateway().value());
  }

  /** The topic of a message of the edge node itself. */
  String topic(String type, Link link) {
    return NAMESPACE + group + "/" + type + "/" + id(link);
  }

  String topic(String type, Link link, String device) {
    return topic(type, link) + "/" + device;
  }

  /** Outside of Sparkplug's namespace, where a host does not look. */
  String fenceTopic(Link link) {
    return "mycelium/fence/" + group + "/" + id(link);
  }

  String stateTopic() {
    return NAMESPACE + "STATE/" + primaryHost;
  }

  boolean waits() {
    return !primaryHost.isEmpty();
  }

  String device(Described described) {
    if (byDevice) {
      return described.datastream().device().value();
    }
    return names
        .of(described.datastream().thing())
        .orElseGet(() -> described.datastream().thing().value());
  }

  String metric(Datastream datastream) {
    return names.of(datastream.id()).orElseGet(() -> datastream.id().value());
  }
}
