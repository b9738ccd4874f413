package city.mycelium.simulator;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words behind a command: {@code --name value} and {@code --flag}. Immutable, safe for use by
 * many threads.
 */
public final class Options {

  private final Map<String, String> values;
  private final Set<String> flags;

  private Options(Map<String, String> values, Set<String> flags) {
    this.values = Map.copyOf(values);
    this.flags = Set.copyOf(flags);
  }

  /** A command was given words that it does not understand; the message says which. */
  public static final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
      super(message);
    }
  }

  /**
   * Reads them.
   *
   * @param named options that take a value
   * @param flags options that take none
   */
  public static Options parse(List<String> words, Set<String> named, Set<String> flags)
      throws UsageException {
    Map<String, String> values = new HashMap<>();
    Set<String> raised = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
      if (flags.contains(name)) {
        raised.add(name);
      } else if (!named.contains(name)) {
        throw new UsageException("what does '" + words.get(i) + "' mean? See --help");
      } else if (++i == words.size()) {
        throw new UsageException("--" + name + " needs a value");
      } else {
        values.put(name, words.get(i));
      }
    }
    return new Options(values, raised);
  }

  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The value, or null if the option was not given. */
  public @Nullable String find(String name) {
    return values.get(name);
  }

  public String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public String need(String name) throws UsageException {
    String value = values.get(name);
    if (value == null) {
      throw new UsageException("--" + name + " is missing");
    }
    return value;
  }

  /** {@code HOST:PORT}. */
  public InetSocketAddress address(String name, String otherwise) throws UsageException {
    String address = get(name, otherwise);
    int colon = address.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + name + " must be HOST:PORT, not '" + address + "'");
    }
  }

  public double number(String name, double otherwise) throws UsageException {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new UsageException("--" + name + " must be a number, not '" + value + "'");
    }
  }

  public long wholeNumber(String name, long otherwise) throws UsageException {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new UsageException("--" + name + " must be a whole number, not '" + value + "'");
    }
  }
}
