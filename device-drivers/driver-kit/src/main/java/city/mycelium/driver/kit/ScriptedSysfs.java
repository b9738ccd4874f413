package city.mycelium.driver.kit;

import city.mycelium.api.device.DeviceException;
import city.mycelium.api.device.Sysfs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Files of the kernel that say what a test has written:
 *
 * <pre>{@code
 * new ScriptedSysfs()
 *     .file("/sys/devices/i2c-1/1-0076/iio:device0/in_temp_input", "25080\n")
 *     .link("/sys/bus/iio/devices/iio:device0", "/sys/devices/i2c-1/1-0076/iio:device0")
 * }</pre>
 *
 * <p>Each listing, each link that is followed and each reading is a transfer. For one thread.
 */
public final class ScriptedSysfs implements FakeBus<Sysfs>, Sysfs {

  private final NavigableMap<String, String> files = new TreeMap<>();
  private final NavigableMap<String, String> links = new TreeMap<>();
  private final List<Transfer> transfers = new ArrayList<>();
  private Fault fault = Fault.NONE;
  private int count;

  /** A file, with the end of its last line. */
  public ScriptedSysfs file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** A link to a folder. */
  public ScriptedSysfs link(String path, String target) {
    links.put(path, target);
    return this;
  }

  @Override
  public Sysfs bus() {
    return this;
  }

  @Override
  public void disturb(Fault with) {
    fault = with;
  }

  @Override
  public List<Transfer> transfers() {
    return List.copyOf(transfers);
  }

  @Override
  public void forget() {
    transfers.clear();
  }

  @Override
  public List<String> list(String folder) throws DeviceException {
    String inside = real(folder) + "/";
    List<String> names = new ArrayList<>();
    for (NavigableMap<String, String> entries : List.of(files, links)) {
      entries.tailMap(inside, false).keySet().stream()
          .takeWhile(path -> path.startsWith(inside))
          .map(path -> path.substring(inside.length()).split("/", 2)[0])
          .forEach(names::add);
    }
    String answer = String.join("\n", names.stream().distinct().sorted().toList());
    return Arrays.stream(passed(folder + "/", answer).split("\n", -1))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Override
  public String resolve(String path) throws DeviceException {
    return passed(path + "@", real(path));
  }

  @Override
  public String read(String file) throws DeviceException {
    String content = files.get(real(file));
    if (content == null) {
      throw DeviceException.unreachable(file + " is not there (as the driver kit has it)");
    }
    return passed(file, content);
  }

  private String real(String path) {
    for (var link : links.entrySet()) {
      if (path.equals(link.getKey()) || path.startsWith(link.getKey() + "/")) {
        return link.getValue() + path.substring(link.getKey().length());
      }
    }
    return path;
  }

  /** One byte to a character, so that any byte can be disturbed and arrives as something. */
  private String passed(String said, String content) throws DeviceException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    int[] answer = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      answer[i] = bytes[i] & 0xFF;
    }
    int number = count++;
    transfers.add(new Transfer(number, said, answer));
    fault.before(number);
    int[] arrived = fault.arrives(number, answer);
    byte[] there = new byte[arrived.length];
    for (int i = 0; i < there.length; i++) {
      there[i] = (byte) arrived[i];
    }
    return new String(there, StandardCharsets.ISO_8859_1);
  }
}
