package city.mycelium.dialect.senml.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a SenML array of records to memory, in either form. For one thread. */
final class RecordWriter {

  private final Form form;
  private final ByteArrayOutputStream bytes;
  private final JsonGenerator out;

  RecordWriter(Form form, int expectedBytes) {
    this.form = form;
    this.bytes = new ByteArrayOutputStream(expectedBytes);
    this.out = form.generator(bytes);
  }

  /** The number is known first: outside streams a CBOR pack is a definite array (RFC 8428, 6). */
  void begin(int records) {
    try {
      out.writeStartArray(this, records);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void beginRecord() {
    try {
      out.writeStartObject();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void endRecord() {
    try {
      out.writeEndObject();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** The whole pack; nothing can be written after. */
  byte[] end() {
    try {
      out.writeEndArray();
      out.close();
    } catch (IOException e) {
      throw impossible(e);
    }
    return bytes.toByteArray();
  }

  void text(Label label, String value) {
    try {
      form.writeLabel(out, label);
      out.writeString(value);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void truth(Label label, boolean value) {
    try {
      form.writeLabel(out, label);
      out.writeBoolean(value);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void whole(Label label, long value) {
    try {
      form.writeLabel(out, label);
      out.writeNumber(value);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  void number(Label label, double value) {
    try {
      form.writeLabel(out, label);
      form.writeNumber(out, value);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** Under a label that is text in both forms. */
  void number(String label, double value) {
    try {
      out.writeFieldName(label);
      form.writeNumber(out, value);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  private static UncheckedIOException impossible(IOException e) {
    return new UncheckedIOException("memory does not fail to be written", e);
  }
}
