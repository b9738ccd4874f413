package city.mycelium.driver.lorawan.internal.codec;

import java.util.List;
import java.util.Optional;

/**
 * A script as Rhino 1.9.2 can run it, and what can be told of it without running it.
 *
 * <p>Rhino gives a {@code const} inside a loop its first value in every round, without a word
 * (mozilla/rhino#326, #939). A {@code let} is right, and so every declaration with {@code const}
 * becomes one; nothing else is touched, and everything stays in its line and column.
 */
final class ScriptText {

  private static final String CONST = "const";
  private static final String LET = "let  "; // as long as what it stands for

  private final String original;
  private final List<Token> tokens;

  ScriptText(String original) {
    this.original = original;
    this.tokens = Tokenizer.tokens(original);
  }

  /** With {@code let} for {@code const}; the very text if there is no such declaration. */
  String runnable() {
    StringBuilder text = new StringBuilder(original);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isWord(CONST) && isDeclaration(i)) {
        text.replace(tokens.get(i).start(), tokens.get(i).end(), LET);
      }
    }
    return text.toString();
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
