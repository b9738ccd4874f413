package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import city.mycelium.dialect.senml.SenmlException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acknowledgements as JSON (docs/wire.md, 4). */
public final class Acknowledgements {

  private static final String WHAT = "an acknowledgement";

  private Acknowledgements() {}

  public static byte[] write(Acknowledgement ack) {
    return JsonBytes.of(
        json -> {
          json.writeStartObject();
          json.writeNumberField("wire", Wire.VERSION);
          json.writeStringField("epoch", Identity.epochText(ack.epoch()));
          json.writeNumberField("contiguous", ack.contiguous());
          json.writeArrayFieldStart("above");
          for (OffsetRange range : ack.above()) {
            json.writeStartArray();
            json.writeNumber(range.first());
            json.writeNumber(range.last());
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeNumberField("stored", ack.stored());
          if (!ack.refused().isEmpty()) {
            writeRefused(json, ack.refused());
          }
          json.writeEndObject();
        });
  }

  private static void writeRefused(JsonGenerator json, List<Refused> refused) throws IOException {
    json.writeArrayFieldStart("refused");
    for (Refused one : refused) {
      json.writeStartObject();
      json.writeNumberField("from", one.offsets().first());
      json.writeNumberField("to", one.offsets().last());
      json.writeStringField("why", Words.wellFormed(one.why()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  public static Acknowledgement read(byte[] message) throws SenmlException {
    try (WireParser parser = WireParser.ofJson(message)) {
      Reader reader = new Reader(parser);
      parser.next();
      parser.object(WHAT, reader::field);
      parser.end();
      return reader.acknowledgement();
    }
  }

  /** What has been read so far; nothing is there that must be. */
  private static final class Reader {
    private final WireParser parser;
    private @Nullable Long wire;
    private @Nullable Long epoch;
    private @Nullable Long contiguous;
    private @Nullable Long stored;
    private final List<OffsetRange> above = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    Reader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "wire" -> wire = parser.whole(label);
        case "epoch" -> epoch = parser.epoch(label);
        case "contiguous" -> contiguous = parser.whole(label);
        case "stored" -> stored = parser.whole(label);
        case "above" -> parser.array("'above'", this::range);
        case "refused" -> parser.array("'refused'", this::refusal);
        default -> parser.skip();
      }
    }

    private void range() throws SenmlException {
      List<Long> ends = new ArrayList<>(2);
      parser.array("a range in 'above'", () -> ends.add(parser.whole("above")));
      if (ends.size() != 2) {
        throw parser.fault("a range in 'above' must have two ends");
      }
      try {
        above.add(new OffsetRange(ends.get(0), ends.get(1)));
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }

    private void refusal() throws SenmlException {
      RefusalReader refusal = new RefusalReader(parser);
      parser.object(RefusalReader.WHAT, refusal::field);
      refused.add(refusal.refused());
    }

    Acknowledgement acknowledgement() throws SenmlException {
      Required.version(parser, wire, WHAT);
      try {
        return new Acknowledgement(
            Required.field(parser, epoch, "epoch", WHAT),
            Required.field(parser, contiguous, "contiguous", WHAT),
            above,
            Required.field(parser, stored, "stored", WHAT),
            refused);
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }

  private static final class RefusalReader {
    private static final String WHAT = "a range in 'refused'";

    private final WireParser parser;
    private @Nullable Long from;
    private @Nullable Long to;
    private @Nullable String why;

    RefusalReader(WireParser parser) {
      this.parser = parser;
    }

    void field(String label) throws SenmlException {
      switch (label) {
        case "from" -> from = parser.whole(label);
        case "to" -> to = parser.whole(label);
        case "why" -> why = parser.text(label);
        default -> parser.skip();
      }
    }

    Refused refused() throws SenmlException {
      try {
        return new Refused(
            new OffsetRange(
                Required.field(parser, from, "from", WHAT), Required.field(parser, to, "to", WHAT)),
            Required.field(parser, why, "why", WHAT));
      } catch (IllegalArgumentException e) {
        throw parser.fault(e);
      }
    }
  }
}
