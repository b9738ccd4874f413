package city.mycelium.dialect.senml;

import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.dialect.senml.internal.Form;
import city.mycelium.dialect.senml.internal.Packing;
import city.mycelium.dialect.senml.internal.Times;
import java.util.Locale;
import java.util.Optional;

/**
 * Packs as bytes and back, in one of SenML's two forms (RFC 8428, 5 and 6; docs/wire.md, 3) or as a
 * block (docs/wire.md, 8). Safe for use by many threads.
 */
public final class SenmlCodec {

  private static final SenmlCodec JSON = json(UnitNames.RFC8798);
  private static final SenmlCodec CBOR = cbor(UnitNames.RFC8798);
  private static final SenmlCodec BLOCK = new SenmlCodec(Packing.block());

  private final Packing packing;

  private SenmlCodec(Packing packing) {
    this.packing = packing;
  }

  /** {@code application/senml+json} (RFC 8428, 12.3.1). */
  public static SenmlCodec json() {
    return JSON;
  }

  /** The same with a choice of names for units. It reads both. */
  public static SenmlCodec json(UnitNames units) {
    return new SenmlCodec(Packing.senml(Form.JSON, units));
  }

  /** {@code application/senml+cbor} (RFC 8428, 12.3.3). */
  public static SenmlCodec cbor() {
    return CBOR;
  }

  /** The same with a choice of names for units. It reads both. */
  public static SenmlCodec cbor(UnitNames units) {
    return new SenmlCodec(Packing.senml(Form.CBOR, units));
  }

  /** {@code application/vnd.mycelium.block} (docs/wire.md, 8). */
  public static SenmlCodec block() {
    return BLOCK;
  }

  /** The codec for a media type, with or without parameters; nothing if it is none of the three. */
  public static Optional<SenmlCodec> forMediaType(String mediaType) {
    int parameters = mediaType.indexOf(';');
    String bare = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
    return switch (bare.strip().toLowerCase(Locale.ROOT)) {
      case "application/senml+json" -> Optional.of(JSON);
      case "application/senml+cbor" -> Optional.of(CBOR);
      case "application/vnd.mycelium.block" -> Optional.of(BLOCK);
      default -> Optional.empty();
    };
  }

  public String mediaType() {
    return packing.mediaType();
  }

  /** Whether a pack has a way to say when something was. */
  public boolean canSay(PhenomenonTime time) {
    return packing.saysEveryTime() || Times.canSay(time);
  }

  /**
   * The pack's bytes.
   *
   * @throws IllegalArgumentException if a pack cannot say one of the Observations
   */
  public byte[] encode(SenmlPack pack) {
    return packing.write(pack);
  }

  /**
   * The pack in these bytes, whole or not at all.
   *
   * @throws SenmlException if they are not one, or say something that this end must understand and
   *     does not
   */
  public SenmlPack decode(byte[] bytes) throws SenmlException {
    return packing.read(bytes);
  }
}
