package city.mycelium.driver.sysfs.internal.file;

import city.mycelium.api.device.DeviceDescription;
import city.mycelium.api.observation.ObservedProperty;
import city.mycelium.api.observation.Unit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One type of channel of the kernel's, with the unit that its documents fix: {@code ours = kernel's
 * × by / per}. Two whole factors instead of one, for 25080 / 1000 is 25.08 and 25080 × 0.001 is
 * not.
 *
 * @param type what the kernel calls it
 * @param suffixes what may follow the type: an index, a modifier, or nothing
 * @param unit what we give it in
 */
record KernelChannel(
    String type, List<String> suffixes, ObservedProperty property, Unit unit, int by, int per) {

  KernelChannel {
    suffixes = List.copyOf(suffixes);
  }

  /** Nothing, or an index from 0 to 7. */
  static List<String> plainOrIndexed() {
    return Stream.concat(Stream.of(""), indexes(0, 7).stream()).toList();
  }

  static List<String> indexes(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  /** The names of its channels, which are those of our outputs as well. */
  List<String> names() {
    return suffixes.stream().map(s -> type + s).toList();
  }

  double inOurUnit(double kernels) {
    return kernels * by / per;
  }

  /** A description that gives all channels of a table; where a temperature is told, of this. */
  static DeviceDescription allOf(
      List<KernelChannel> table, DeviceDescription description, ObservedProperty temperature) {
    DeviceDescription whole = description;
    for (KernelChannel channel : table) {
      ObservedProperty property =
          channel.unit == Unit.DEGREE_CELSIUS ? temperature : channel.property;
      for (String name : channel.names()) {
        whole = whole.gives(name, property, channel.unit);
      }
    }
    return whole;
  }
}
