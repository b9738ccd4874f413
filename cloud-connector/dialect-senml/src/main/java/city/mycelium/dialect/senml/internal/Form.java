package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The two forms of SenML, and all in which they differ. */
public enum Form {
  /** RFC 8428, 5. */
  JSON("application/senml+json") {
    @Override
    JsonFactory factory() {
      return Wire.JSON;
    }

    @Override
    void writeLabel(JsonGenerator out, Label label) throws IOException {
      out.writeFieldName(label.text());
    }

    @Override
    void writeFraction(JsonGenerator out, double value) throws IOException {
      double magnitude = Math.abs(value);
      if (magnitude >= 1e-3 && magnitude < 1e7) {
        out.writeNumber(value);
      } else if (magnitude >= 1e7 && magnitude < 1e16) {
        // A base time with milliseconds is such a number; people want to read it.
        out.writeNumber(BigDecimal.valueOf(value).toPlainString());
      } else {
        // RFC 8428, 5: the "e" of an exponent is in lower case.
        out.writeNumber(Double.toString(value).replace('E', 'e'));
      }
    }

    @Override
    @Nullable Label readLabel(String key, WireParser parser) {
      return Label.ofText(key);
    }
  },

  /** RFC 8428, 6. */
  CBOR("application/senml+cbor") {
    @Override
    JsonFactory factory() {
      return Wire.CBOR;
    }

    @Override
    void writeLabel(JsonGenerator out, Label label) throws IOException {
      Integer number = label.cborNumber();
      if (number == null) {
        out.writeFieldName(label.text());
      } else {
        out.writeFieldId(number);
      }
    }

    @Override
    void writeFraction(JsonGenerator out, double value) throws IOException {
      out.writeNumber(value);
    }

    @Override
    @Nullable Label readLabel(String key, WireParser parser) throws SenmlException {
      Label label = Label.ofCborKey(key);
      if (label == null) {
        Label meant = Label.ofText(key);
        if (meant != null) {
          throw parser.fault("in CBOR the label '" + key + "' is the number " + meant.cborNumber());
        }
      }
      return label;
    }
  };

  /** Every whole number up to here is a double of its own (IEEE 754, binary64). */
  private static final double LAST_EXACT_WHOLE = 1L << 53;

  private final String mediaType;

  Form(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  JsonGenerator generator(OutputStream bytes) {
    try {
      return factory().createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
  }

  WireParser parser(byte[] bytes) {
    try {
      return new WireParser(factory().createParser(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail to be read", e);
    }
  }

  /** A double in its shortest exact form; -0.0 stays what it is. */
  final void writeNumber(JsonGenerator out, double value) throws IOException {
    long whole = (long) value;
    if (whole == value && Math.abs(value) <= LAST_EXACT_WHOLE && !isNegativeZero(value)) {
      out.writeNumber(whole);
    } else {
      writeFraction(out, value);
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  abstract JsonFactory factory();

  abstract void writeLabel(JsonGenerator out, Label label) throws IOException;

  abstract void writeFraction(JsonGenerator out, double value) throws IOException;

  /**
   * The label that a key means; null if we do not know it.
   *
   * @throws SenmlException if the key may not be used in this form
   */
  abstract @Nullable Label readLabel(String key, WireParser parser) throws SenmlException;
}
