package city.mycelium.driver.lorawan.internal.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A script as Rhino 1.9.2 can run it, and what can be told of it without running it.
 *
 * <ul>
 *   <li>Rhino gives a {@code const} inside a loop its first value in every round, without a word
 *       (mozilla/rhino#326, #939). A {@code let} is right, and so every declaration with {@code
 *       const} becomes one.
 *   <li>It has one variable for all rounds of a loop such as {@code for (let x of list)}, so that a
 *       function made in one round sees the value of the last. Where the body makes functions, the
 *       variable is declared inside of it as well.
 *   <li>It does not know {@code f(...list)}, but lists with such a part: {@code f.apply(…, [...])}.
 * </ul>
 *
 * <p>Nothing else is touched, and everything stays in its line.
 */
final class ScriptText {

  private static final String CONST = "const";
  private static final String LET = "let  "; // as long as what it stands for

  /** Words before a parenthesis that is no call's. */
  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          "if", "for", "while", "with", "switch", "catch", "function", "return", "super", "import");

  private static final Set<String> BRACKETS = Set.of("()", "[]", "{}");

  private final String original;
  private final List<Token> tokens;

  /** A change of the text; those of one place are made in order. */
  private record Edit(int start, int end, String text) {}

  ScriptText(String original) {
    this.original = original;
    this.tokens = Tokenizer.tokens(original);
  }

  /** What Rhino is to run; the very text if there is nothing of all this in it. */
  String runnable() {
    List<Edit> edits = new ArrayList<>();
    Set<Integer> calls = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isWord(CONST) && isDeclaration(i)) {
        edits.add(new Edit(token.start(), token.end(), LET));
      } else if (token.isWord("for") && !isProperty(i)) {
        loop(i, edits);
      } else if (token.isPunctuation("...")) {
        spread(i, calls, edits);
      }
    }
    edits.sort(Comparator.comparingInt(Edit::start));
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.start() >= done) { // a change inside of what was changed already has no place left
        text.append(original, done, edit.start()).append(edit.text());
        done = edit.end();
      }
    }
    return text.append(original, done, original.length()).toString();
  }

  /** {@code for (let PATTERN of LIST) { … }} whose body makes functions. */
  private void loop(int index, List<Edit> edits) {
    int close = closing(index + 1);
    if (close < 0
        || !at(index + 1).isPunctuation("(")
        || !(at(index + 2).isWord(CONST) || at(index + 2).isWord("let"))
        || !at(close + 1).isPunctuation("{")) {
      return;
    }
    int first = index + 3;
    int of = at(first).kind() == Token.Kind.WORD ? first + 1 : closing(first) + 1;
    int end = closing(close + 1);
    if (end >= 0 && at(of).isPunctuation("=")) {
      counting(first, close, end, edits);
      return;
    }
    if (of <= first || end < 0 || !(at(of).isWord("of") || at(of).isWord("in"))) {
      return;
    }
    String pattern = original.substring(at(first).start(), at(of - 1).end());
    if (!makesFunctions(close + 1, end) || !fitsOnALine(pattern)) {
      return;
    }
    String round = "round" + index + "_";
    edits.add(new Edit(at(first).start(), at(of - 1).end(), round));
    int body = at(close + 1).end();
    edits.add(new Edit(body, body, "let " + pattern + "=" + round + ";{"));
    edits.add(new Edit(at(end).start(), at(end).start(), "}"));
  }

  /** {@code for (let i = 0; …) { … }} whose body makes functions, and leaves the counting alone. */
  private void counting(int first, int close, int end, List<Edit> edits) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    for (int i = first; i < close && !(depth == 0 && at(i).isPunctuation(";")); i++) {
      depth += depth(at(i));
      if (i == first || (depth == 0 && at(i - 1).isPunctuation(","))) {
        names.add(at(i).text());
      }
    }
    if (!makesFunctions(close + 1, end)
        || names.contains("")
        || names.stream().anyMatch(name -> isChanged(name, close + 1, end))) {
      return;
    }
    StringBuilder outside = new StringBuilder("let ");
    StringBuilder inside = new StringBuilder("let ");
    for (String name : names) {
      String round = "round" + first + "_" + name;
      outside.append(outside.length() > 4 ? "," : "").append(round).append('=').append(name);
      inside.append(inside.length() > 4 ? "," : "").append(name).append('=').append(round);
    }
    int body = at(close + 1).end();
    edits.add(new Edit(body, body, outside + ";{" + inside + ";{"));
    edits.add(new Edit(at(end).start(), at(end).start(), "}}"));
  }

  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\s*(\\+\\+|--|([-+*/%&|^]|<<|>>>?|\\*\\*|&&|\\|\\||\\?\\?)?=(?!=))");

  private boolean isChanged(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (at(i).isWord(name)
          && !isProperty(i)
          && (at(i - 1).isPunctuation("++")
              || at(i - 1).isPunctuation("--")
              || ASSIGNMENT.matcher(original).region(at(i).end(), original.length()).lookingAt())) {
        return true;
      }
    }
    return false;
  }

  private boolean makesFunctions(int from, int to) {
    return tokens.subList(from, to).stream()
        .anyMatch(token -> token.isWord("function") || token.isPunctuation("=>"));
  }

  /** What is moved must not take a line with it, nor end in a comment. */
  private static boolean fitsOnALine(String piece) {
    return piece.lines().count() == 1 && !piece.contains("/") && !piece.contains(CONST);
  }

  /** {@code a.b(…, ...list)} becomes {@code a.b.apply(a, […, ...list])}. */
  private void spread(int index, Set<Integer> calls, List<Edit> edits) {
    int open = opening(index);
    if (open < 1 || !at(open).isPunctuation("(") || !calls.add(open)) {
      return;
    }
    int close = closing(open);
    int name = open - 1;
    if (close < 0
        || at(name).kind() != Token.Kind.WORD
        || (NO_FUNCTIONS.contains(at(name).text()) && !isProperty(name))
        || at(close + 1).isPunctuation("{")
        || at(close + 1).isPunctuation("=>")) {
      return;
    }
    int first = name;
    while (at(first - 1).isPunctuation(".") && at(first - 2).kind() == Token.Kind.WORD) {
      first -= 2;
    }
    Token before = at(first - 1);
    if (before.isPunctuation(".")
        || before.isPunctuation("?.")
        || before.isWord("new")
        || before.isWord("function")) {
      return; // the engine will say that it does not know it
    }
    String self =
        first == name ? "undefined" : original.substring(at(first).start(), at(name - 2).end());
    if (fitsOnALine(self)) {
      edits.add(new Edit(at(open).start(), at(open).end(), ".apply(" + self + ",["));
      edits.add(new Edit(at(close).start(), at(close).end(), "])"));
    }
  }

  private Token at(int index) {
    return index < 0 || index >= tokens.size() ? Token.NONE : tokens.get(index);
  }

  /** Of the bracket at this place; negative if it is none, or never closed. */
  private int closing(int index) {
    int depth = 0;
    for (int i = index; i < tokens.size(); i++) {
      depth += depth(tokens.get(i));
      if (depth == 0) {
        boolean pair = BRACKETS.contains(at(index).text() + at(i).text());
        return i > index && pair ? i : -1;
      }
    }
    return -1;
  }

  /** The bracket that this place is in; negative if there is none. */
  private int opening(int index) {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      depth += depth(tokens.get(i));
      if (depth > 0) {
        return i;
      }
    }
    return -1;
  }

  private static int depth(Token token) {
    if (token.kind() != Token.Kind.PUNCTUATION) {
      return 0;
    }
    return switch (token.text()) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  /** Whether a name or a pattern follows; a property of this name has other neighbours. */
  private boolean isDeclaration(int index) {
    if (isProperty(index) || index + 1 == tokens.size()) {
      return false;
    }
    Token next = tokens.get(index + 1);
    return next.kind() == Token.Kind.WORD || next.isPunctuation("{") || next.isPunctuation("[");
  }

  private boolean isProperty(int index) {
    return index > 0
        && (tokens.get(index - 1).isPunctuation(".") || tokens.get(index - 1).isPunctuation("?."));
  }

  /** Whether the word at this place is a name that the script gives to a member of something. */
  private boolean isMemberName(int index) {
    return isProperty(index)
        || (index + 1 < tokens.size() && tokens.get(index + 1).isPunctuation(":"));
  }

  /** What in this line the engine does not know, in words for a person. */
  Optional<String> unknownIn(int line) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.line() == line && token.kind() == Token.Kind.WORD && !isMemberName(i)) {
        Optional<String> unknown = unknown(i);
        if (unknown.isPresent()) {
          return unknown;
        }
      }
      if (token.line() == line && token.isPunctuation("...")) {
        return Optional.of("the rest or spread '...' in this place");
      }
    }
    return Optional.empty();
  }

  private Optional<String> unknown(int index) {
    boolean followed = index + 1 < tokens.size();
    return switch (tokens.get(index).text()) {
      case "class" -> Optional.of("a class");
      case "async", "await" -> Optional.of("async and await");
      case "import", "export" ->
          followed
              ? Optional.of("the modules of ECMAScript ('import', 'export')")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * Where big integers are used, which have no bounds: the line, from 1; 0 if nowhere.
   *
   * <p>One multiplication of them can take minutes and gigabytes, and nothing can stop it.
   */
  int lineOfBigInteger() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if ((token.kind() == Token.Kind.NUMBER && token.text().endsWith("n"))
          || (token.isWord("BigInt") && !isMemberName(i))) {
        return token.line();
      }
    }
    return 0;
  }
}
