package city.mycelium.driver.lorawan.internal.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Cuts a script into tokens (ECMA-262, clause 12), so that words inside strings, comments, regular
 * expressions and template strings are left alone. Takes any text: what is no JavaScript gives
 * tokens that mean nothing, and never an exception. Used once per script, by one thread.
 *
 * <p>Whether a slash divides or begins a regular expression depends on the grammar (12.1); it is
 * told here by the token before it, and by what the bracket before it belongs to. In doubt, a
 * regular expression that does not end on its line is a division.
 */
final class Tokenizer {

  /** Words after which an operand follows, so that a slash begins a regular expression. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of(
          "return",
          "typeof",
          "instanceof",
          "in",
          "of",
          "new",
          "delete",
          "void",
          "throw",
          "case",
          "do",
          "else",
          "yield",
          "await");

  /** Words whose parenthesis is no operand: a regular expression may follow it. */
  private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

  /** Words after which a brace opens a block. */
  private static final Set<String> BEFORE_BLOCK = Set.of("else", "do", "try", "finally");

  /** An open bracket, and whether what closes it can be divided: is an operand. */
  private record Open(char bracket, boolean closesOperand) {}

  private static final char TEMPLATE = '`';

  private final String script;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private int at;
  private int line = 1;

  /** Whether the last token ended an operand, so that a slash divides. */
  private boolean afterOperand;

  private Tokenizer(String script) {
    this.script = script;
  }

  static List<Token> tokens(String script) {
    Tokenizer tokenizer = new Tokenizer(script);
    tokenizer.run();
    return tokenizer.tokens;
  }

  private void run() {
    if (script.startsWith("#!")) {
      skipLine();
    }
    while (at < script.length()) {
      char c = script.charAt(at);
      if (isLineEnd(c)) {
        countLine();
        at++;
      } else if (Character.isWhitespace(c) || c == '\uFEFF' || c == '\u00A0') {
        at++;
      } else if (c == '/' && next(1) == '/') {
        skipLine();
      } else if (c == '/' && next(1) == '*') {
        skipComment();
      } else if (c == '"' || c == '\'') {
        string(c);
      } else if (c == TEMPLATE) {
        template(at + 1);
      } else if (isDigit(c) || (c == '.' && isDigit(next(1)))) {
        number();
      } else if (isWordStart(c)) {
        word();
      } else if (c == '/' && !afterOperand && regularExpressionEnd() > 0) {
        int end = regularExpressionEnd();
        add(Token.Kind.LITERAL, end, true);
      } else {
        punctuation(c);
      }
    }
  }

  private char next(int ahead) {
    return at + ahead < script.length() ? script.charAt(at + ahead) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isWordStart(char c) {
    return Character.isUnicodeIdentifierStart(c)
        || Character.isSurrogate(c)
        || c == '_'
        || c == '$'
        || c == '\\';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isUnicodeIdentifierPart(c);
  }

  /** At a line's end; of a CR with an LF only the LF counts. */
  private void countLine() {
    if (script.charAt(at) != '\r' || next(1) != '\n') {
      line++;
    }
  }

  private void skipLine() {
    while (at < script.length() && !isLineEnd(script.charAt(at))) {
      at++;
    }
  }

  private void skipComment() {
    int end = script.indexOf("*/", at + 2);
    moveTo(end < 0 ? script.length() : end + 2);
  }

  private void moveTo(int end) {
    for (; at < end; at++) {
      if (isLineEnd(script.charAt(at))) {
        countLine();
      }
    }
  }

  private void add(Token.Kind kind, int end, boolean operand) {
    String text =
        kind == Token.Kind.LITERAL ? "" : script.substring(at, end); // literals may be long
    tokens.add(new Token(kind, at, end, text, line));
    moveTo(end);
    afterOperand = operand;
  }

  private void string(char quote) {
    int end = at + 1;
    while (end < script.length()) {
      char c = script.charAt(end);
      if (c == '\\') {
        end += script.startsWith("\r\n", end + 1) ? 2 : 1;
      } else if (c == quote) {
        end++;
        break;
      } else if (c == '\n' || c == '\r') {
        break; // not closed: the engine will say so
      }
      end++;
    }
    add(Token.Kind.LITERAL, Math.min(end, script.length()), true);
  }

  /** Up to the end of a template string, or to where an expression begins in it. */
  private void template(int from) {
    int end = from;
    while (end < script.length()) {
      char c = script.charAt(end);
      if (c == TEMPLATE) {
        add(Token.Kind.LITERAL, end + 1, true);
        return;
      }
      if (c == '$' && end + 1 < script.length() && script.charAt(end + 1) == '{') {
        add(Token.Kind.LITERAL, end + 2, false);
        open.push(new Open(TEMPLATE, false));
        return;
      }
      end += c == '\\' ? 2 : 1;
    }
    add(Token.Kind.LITERAL, script.length(), true);
  }

  private void number() {
    boolean hexadecimal = script.startsWith("0x", at) || script.startsWith("0X", at);
    int end = at;
    while (end < script.length()) {
      char c = script.charAt(end);
      boolean sign =
          (c == '+' || c == '-')
              && !hexadecimal
              && end > at
              && (script.charAt(end - 1) == 'e' || script.charAt(end - 1) == 'E');
      if (!sign && c != '.' && !isWordPart(c)) {
        break;
      }
      end++;
    }
    add(Token.Kind.NUMBER, end, true);
  }

  private void word() {
    int end = at + 1;
    while (end < script.length()
        && (isWordPart(script.charAt(end)) || isCodePointEscape(end, script.charAt(end)))) {
      end++;
    }
    boolean property = last().isPunctuation(".") || last().isPunctuation("?.");
    String text = script.substring(at, end);
    add(Token.Kind.WORD, end, property || !BEFORE_OPERAND.contains(text));
  }

  /** A brace that belongs to an escape within a word, such as \\u{41}. */
  private boolean isCodePointEscape(int index, char c) {
    return (c == '{' && script.startsWith("\\u", index - 2))
        || (c == '}' && script.lastIndexOf("\\u{", index) > script.lastIndexOf('}', index - 1));
  }

  /** Behind the closing slash and the flags; 0 if it does not end on this line. */
  private int regularExpressionEnd() {
    boolean inClass = false;
    for (int i = at + 1; i < script.length(); i++) {
      char c = script.charAt(i);
      if (isLineEnd(c)) {
        return 0;
      }
      if (c == '\\') {
        i++;
        if (i < script.length() && isLineEnd(script.charAt(i))) {
          return 0;
        }
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        int end = i + 1;
        while (end < script.length() && isWordPart(script.charAt(end))) {
          end++;
        }
        return end;
      }
    }
    return 0;
  }

  private Token last() {
    return tokens.isEmpty() ? Token.NONE : tokens.get(tokens.size() - 1);
  }

  private void punctuation(char c) {
    switch (c) {
      case '(' -> {
        boolean condition =
            last().kind() == Token.Kind.WORD
                && BEFORE_CONDITION.contains(last().text())
                && !isProperty(tokens.size() - 1);
        open.push(new Open(c, !condition));
        add(Token.Kind.PUNCTUATION, at + 1, false);
      }
      case '[' -> {
        open.push(new Open(c, true));
        add(Token.Kind.PUNCTUATION, at + 1, false);
      }
      case '{' -> {
        open.push(new Open(c, !opensBlock()));
        add(Token.Kind.PUNCTUATION, at + 1, false);
      }
      case ')', ']', '}' -> close(c);
      default -> {
        if ((c == '?' && next(1) == '.' && !isDigit(next(2))) || (c == '=' && next(1) == '>')) {
          add(Token.Kind.PUNCTUATION, at + 2, false);
        } else if (script.startsWith("...", at)) {
          add(Token.Kind.PUNCTUATION, at + 3, false);
        } else if ((c == '+' || c == '-') && next(1) == c) {
          // Behind an operand it belongs to that, before one a slash cannot follow.
          add(Token.Kind.PUNCTUATION, at + 2, afterOperand);
        } else {
          add(Token.Kind.PUNCTUATION, at + 1, false);
        }
      }
    }
  }

  private boolean isProperty(int index) {
    return index > 0
        && (tokens.get(index - 1).isPunctuation(".") || tokens.get(index - 1).isPunctuation("?."));
  }

  private void close(char c) {
    Open opened = open.poll();
    if (c == '}' && opened != null && opened.bracket() == TEMPLATE) {
      template(at + 1);
      return;
    }
    add(Token.Kind.PUNCTUATION, at + 1, opened == null || opened.closesOperand());
  }

  /** Whether a brace here opens a block or the body of a function, and no object. */
  private boolean opensBlock() {
    Token before = last();
    if (tokens.isEmpty()) {
      return true;
    }
    if (before.kind() == Token.Kind.WORD) {
      return BEFORE_BLOCK.contains(before.text()) || afterOperand;
    }
    if (before.isPunctuation(":")) {
      // A label or a case in a block; a property's value in an object.
      return open.isEmpty() || (open.peek().bracket() == '{' && !open.peek().closesOperand());
    }
    return before.kind() == Token.Kind.PUNCTUATION
        && (before.isPunctuation(")")
            || before.isPunctuation(";")
            || before.isPunctuation("{")
            || before.isPunctuation("}")
            || before.isPunctuation("=>"));
  }
}
