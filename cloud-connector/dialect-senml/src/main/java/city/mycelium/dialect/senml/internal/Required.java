package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;
import org.jspecify.annotations.Nullable;

/** What a JSON message must hold. */
final class Required {

  private Required() {}

  static <T> T field(WireParser parser, @Nullable T value, String label, String what)
      throws SenmlException {
    if (value == null) {
      throw parser.fault(what + " needs '" + label + "'");
    }
    return value;
  }

  static void version(WireParser parser, @Nullable Long wire, String what) throws SenmlException {
    long version = field(parser, wire, "wire", what);
    if (version != Wire.VERSION) {
      throw parser.fault(
          what
              + " of wire version "
              + version
              + " cannot be read; this end speaks version "
              + Wire.VERSION
              + ", update the older end");
    }
  }

  /** What to tell a person of a unit out of a newer table than this end's. */
  static String unknownUnit(String code) {
    return "the unit '" + code + "' is not known here: update this end";
  }
}
