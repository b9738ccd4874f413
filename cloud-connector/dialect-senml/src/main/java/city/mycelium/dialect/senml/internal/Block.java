package city.mycelium.dialect.senml.internal;

import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Category;
import city.mycelium.api.observation.Result.Counter;
import city.mycelium.api.observation.Result.Measurement;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.Result.Text;
import city.mycelium.api.observation.Result.Truth;

/** The constants of a block (docs/wire.md, 8). */
final class Block {

  /** First byte: version 1, the body as it is. */
  static final int PLAIN = 0x10;

  /** First byte: version 1, the body deflated (RFC 1951). */
  static final int DEFLATED = 0x11;

  /** First byte and checksum. */
  static final int BYTES_OF_HEAD = 5;

  /** Of a body that comes deflated: more is not unpacked. */
  static final int MOST_UNPACKED = 1 << 20;

  // Shapes, the low four bits of what an Observation's kind is told in.
  static final int NUMBER = 0;
  static final int TRUTH = 1;
  static final int TEXT = 2;
  static final int CATEGORY = 3;
  static final int COUNTER = 4;
  static final int POSITION = 5;
  static final int SUMMARY = 6;

  /** Beside the shape: the quality is not good. */
  static final int SUSPECT = 0x10;

  /** What an Observation takes at least, in seven columns. */
  static final int LEAST_BYTES_OF_OBSERVATION = 7;

  private Block() {}

  static int shapeOf(Result result) {
    if (result instanceof Measurement) {
      return NUMBER;
    }
    if (result instanceof Truth) {
      return TRUTH;
    }
    if (result instanceof Text) {
      return TEXT;
    }
    if (result instanceof Category) {
      return CATEGORY;
    }
    if (result instanceof Counter) {
      return COUNTER;
    }
    return result instanceof Position ? POSITION : SUMMARY;
  }
}
