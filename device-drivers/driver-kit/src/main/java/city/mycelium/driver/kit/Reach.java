package city.mycelium.driver.kit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a device class can reach: read out of its class file and those of the classes of its package
 * that it uses (JVMS 4.4, the constant pool). A class that names no clock cannot be led astray by
 * one.
 */
final class Reach {

  /** What only the owner of a bus has: time, threads, files, network, chance. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "java/lang/System\\.(currentTimeMillis|nanoTime|getenv|exit)"
              + "|java/lang/(Thread|Runtime|ProcessBuilder)\\..*"
              + "|java/time/\\w+\\.now"
              + "|java/util/(Timer|TimerTask|Random|Calendar)\\..*"
              + "|java/util/Date\\.<init>"
              + "|java/util/concurrent/(?!atomic/|TimeUnit).*|java/util/concurrent/TimeUnit\\.(sleep|timed\\w+)|java/lang/Object\\.wait|java/time/Clock\\..*"
              + "|java/lang/Math\\.random"
              + "|java/io/(File|RandomAccess).*|java/nio/(file|channels)/.*|java/net/(?!URI\\.).*");

  private final Set<String> classes = new LinkedHashSet<>();
  private final Set<String> forbidden = new TreeSet<>();

  private Reach() {}

  static Reach of(List<Class<?>> roots) {
    Reach reach = new Reach();
    Deque<String> waiting = new ArrayDeque<>();
    String home = roots.get(0).getPackageName().replace('.', '/');
    roots.forEach(root -> waiting.add(root.getName().replace('.', '/')));
    ClassLoader loader = roots.get(0).getClassLoader();
    while (!waiting.isEmpty()) {
      String name = waiting.remove();
      if (reach.classes.add(name)) {
        for (String used : reach.read(loader, name)) {
          if (used.startsWith(home + "/") && used.indexOf('/', home.length() + 1) < 0) {
            waiting.add(used);
          }
        }
      }
    }
    return reach;
  }

  int classes() {
    return classes.size();
  }

  Set<String> forbidden() {
    return forbidden;
  }

  private List<String> read(ClassLoader loader, String name) {
    try (InputStream file = loader.getResourceAsStream(name + ".class")) {
      if (file == null) {
        throw new AssertionError("the class file of " + name + " is not to be found");
      }
      return read(name, new DataInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the class file of " + name + " cannot be read", e);
    }
  }

  private List<String> read(String name, DataInputStream file) throws IOException {
    file.readInt(); // magic
    file.readInt(); // version
    int count = file.readUnsignedShort();
    String[] utf8 = new String[count];
    int[] tags = new int[count];
    int[] first = new int[count];
    int[] second = new int[count];
    for (int i = 1; i < count; i++) {
      tags[i] = file.readUnsignedByte();
      switch (tags[i]) {
        case 1 -> utf8[i] = file.readUTF();
        case 3, 4 -> file.readInt();
        case 5, 6 -> {
          file.readLong();
          i++; // JVMS 4.4.5: takes two places
        }
        case 7, 8, 16, 19, 20 -> first[i] = file.readUnsignedShort();
        case 15 -> {
          file.readUnsignedByte();
          file.readUnsignedShort();
        }
        case 9, 10, 11, 12, 17, 18 -> {
          first[i] = file.readUnsignedShort();
          second[i] = file.readUnsignedShort();
        }
        default -> throw new IOException("constant pool tag " + tags[i] + " in " + name);
      }
    }
    Set<String> used = new LinkedHashSet<>();
    for (int i = 1; i < count; i++) {
      if (tags[i] == 7) {
        used.add(utf8[first[i]]);
      } else if (tags[i] >= 9 && tags[i] <= 11) {
        String member = utf8[first[first[i]]] + "." + utf8[first[second[i]]];
        if (FORBIDDEN.matcher(member).matches()) {
          forbidden.add(member + " in " + name);
        }
      }
    }
    return List.copyOf(used);
  }
}
