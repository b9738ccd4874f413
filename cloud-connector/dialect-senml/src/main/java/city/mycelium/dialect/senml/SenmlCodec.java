package city.mycelium.dialect.senml;

import city.mycelium.dialect.senml.internal.Form;
import city.mycelium.dialect.senml.internal.PackReader;
import city.mycelium.dialect.senml.internal.PackWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * Packs as bytes and back, in one of SenML's two forms (RFC 8428, 5 and 6; docs/wire.md, 3). Safe
 * for use by many threads.
 */
public final class SenmlCodec {

  private static final SenmlCodec JSON = new SenmlCodec(Form.JSON);
  private static final SenmlCodec CBOR = new SenmlCodec(Form.CBOR);

  private final Form form;

  private SenmlCodec(Form form) {
    this.form = form;
  }

  /** {@code application/senml+json} (RFC 8428, 12.3.1). */
  public static SenmlCodec json() {
    return JSON;
  }

  /** {@code application/senml+cbor} (RFC 8428, 12.3.3). */
  public static SenmlCodec cbor() {
    return CBOR;
  }

  /**
   * The codec for a media type, with or without parameters; nothing if it is neither of the two.
   */
  public static Optional<SenmlCodec> forMediaType(String mediaType) {
    int parameters = mediaType.indexOf(';');
    String bare = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
    return switch (bare.strip().toLowerCase(Locale.ROOT)) {
      case "application/senml+json" -> Optional.of(JSON);
      case "application/senml+cbor" -> Optional.of(CBOR);
      default -> Optional.empty();
    };
  }

  public String mediaType() {
    return form.mediaType();
  }

  /**
   * The pack's bytes.
   *
   * @throws IllegalArgumentException if a pack cannot say one of the Observations
   */
  public byte[] encode(SenmlPack pack) {
    return PackWriter.write(form, pack);
  }

  /**
   * The pack in these bytes, whole or not at all.
   *
   * @throws SenmlException if they are not one, or say something that this end must understand and
   *     does not
   */
  public SenmlPack decode(byte[] bytes) throws SenmlException {
    return PackReader.read(form, bytes);
  }
}
