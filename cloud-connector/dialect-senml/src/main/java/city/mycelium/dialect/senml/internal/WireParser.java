package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the tokens of one message that knows where it is and says what it expected instead.
 * For one thread.
 */
public final class WireParser implements AutoCloseable {

  private final JsonParser parser;

  public WireParser(JsonParser parser) {
    this.parser = parser;
  }

  public static WireParser ofJson(byte[] message) {
    try {
      return new WireParser(Wire.JSON.createParser(message));
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail to be read", e);
    }
  }

  /** Reads one field's value; the parser stands on its first token and must end on its last. */
  @FunctionalInterface
  public interface FieldReader {
    void read(String label) throws SenmlException;
  }

  /** Reads one element of an array; likewise. */
  @FunctionalInterface
  public interface ElementReader {
    void read() throws SenmlException;
  }

  /** The next token, null at the end of the message. */
  public @Nullable JsonToken next() throws SenmlException {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw new SenmlException(e.getOriginalMessage(), position(), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads the object that begins here, field by field. */
  public void object(String what, FieldReader field) throws SenmlException {
    expect(JsonToken.START_OBJECT, what + " must be an object");
    while (next() == JsonToken.FIELD_NAME) {
      String label = label();
      next();
      field.read(label);
    }
    expect(JsonToken.END_OBJECT, what + " ends too early");
  }

  /** Reads the array that begins here, element by element. */
  public void array(String what, ElementReader element) throws SenmlException {
    expect(JsonToken.START_ARRAY, what + " must be an array");
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      if (token == null) {
        throw fault(what + " ends too early");
      }
      element.read();
    }
  }

  public void expect(JsonToken token, String otherwise) throws SenmlException {
    if (parser.currentToken() != token) {
      throw fault(otherwise);
    }
  }

  /** Nothing may follow. */
  public void end() throws SenmlException {
    if (next() != null) {
      throw fault("something follows the end of the message");
    }
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Whether the number here is written as a whole number that a long can hold. */
  public boolean isWhole() throws SenmlException {
    try {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        return false;
      }
      JsonParser.NumberType type = parser.getNumberType();
      return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  public long whole(Object label) throws SenmlException {
    if (!isWhole()) {
      throw fault("'" + label + "' must be a whole number of at most 63 bits");
    }
    try {
      return parser.getLongValue();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A finite double. */
  public double number(Object label) throws SenmlException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw fault("'" + label + "' must be a number");
    }
    double value;
    try {
      value = parser.getDoubleValue();
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (!Double.isFinite(value)) {
      throw fault("'" + label + "' must be a finite number");
    }
    return value;
  }

  public String text(Object label) throws SenmlException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw fault("'" + label + "' must be text");
    }
    return textHere();
  }

  public long epoch(Object label) throws SenmlException {
    try {
      return Epochs.parse(text(label));
    } catch (IllegalArgumentException e) {
      throw fault(e);
    }
  }

  public boolean truth(Object label) throws SenmlException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw fault("'" + label + "' must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  /** Passes over the value here, whatever it is. */
  public void skip() throws SenmlException {
    try {
      parser.skipChildren();
      parser.finishToken();
    } catch (JacksonException e) {
      throw new SenmlException(e.getOriginalMessage(), position(), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A fault here. */
  public SenmlException fault(String message) {
    return new SenmlException(message, position());
  }

  /** A fault here that a value's own check found. */
  public SenmlException fault(IllegalArgumentException cause) {
    return new SenmlException(String.valueOf(cause.getMessage()), position(), cause);
  }

  private String label() throws SenmlException {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String textHere() throws SenmlException {
    try {
      return parser.getText();
    } catch (JacksonException e) {
      throw new SenmlException(e.getOriginalMessage(), position(), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private SenmlException unreadable(IOException e) {
    return new SenmlException("the message cannot be read: " + e.getMessage(), position(), e);
  }

  private long position() {
    return parser.currentTokenLocation().getByteOffset();
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail to be closed", e);
    }
  }
}
