package city.mycelium.driver.lorawan.internal.device;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON text and where it stands, so that a mistake can be shown and a place changed.
 *
 * @param line where it begins (of a word or number: where it ends), from 1
 * @param start index of its first character; of an object or array its bracket
 * @param end index behind its last character
 * @param value a {@code Map<String, Node>}, {@code List<Node>}, String, BigDecimal or Boolean; null
 *     stands for itself
 */
record Node(int line, int start, int end, @Nullable Object value) {

  Map<String, Node> object(String what) throws Mistake {
    if (!(value instanceof Map<?, ?>)) {
      throw new Mistake(line, what + " must be an object: { … }");
    }
    @SuppressWarnings("unchecked") // only LocatedJson makes Nodes
    Map<String, Node> members = (Map<String, Node>) value;
    return members;
  }

  List<Node> array(String what) throws Mistake {
    if (!(value instanceof List<?>)) {
      throw new Mistake(line, what + " must be a list: [ … ]");
    }
    @SuppressWarnings("unchecked") // only LocatedJson makes Nodes
    List<Node> elements = (List<Node>) value;
    return elements;
  }

  String text(String what) throws Mistake {
    if (value instanceof String text) {
      return text;
    }
    throw new Mistake(line, what + " must be a text in quotes");
  }

  boolean truth(String what) throws Mistake {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new Mistake(line, what + " must be true or false, without quotes");
  }

  double number(String what) throws Mistake {
    if (value instanceof BigDecimal number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new Mistake(line, what + " must be a number, without quotes");
  }

  /** Refuses members that nobody reads: most likely they are misspelt. */
  static void known(Map<String, Node> members, Set<String> names) throws Mistake {
    for (Map.Entry<String, Node> member : members.entrySet()) {
      if (!names.contains(member.getKey())) {
        throw new Mistake(
            member.getValue().line(),
            "'"
                + (member.getKey().length() > 30 ? "…" : member.getKey())
                + "' means nothing here; known are "
                + String.join(", ", new TreeSet<>(names)));
      }
    }
  }

  /** The member, which has to be there. */
  Node member(String name) throws Mistake {
    Node member = object("this").get(name);
    if (member == null) {
      throw new Mistake(line, "'" + name + "' is missing");
    }
    return member;
  }
}
