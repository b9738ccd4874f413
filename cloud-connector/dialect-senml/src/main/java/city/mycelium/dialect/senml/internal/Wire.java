package city.mycelium.dialect.senml.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORFactoryBuilder;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;

/**
 * The two streaming factories and what they may be made to swallow. Safe for use by many threads.
 */
public final class Wire {

  /** The version of docs/wire.md, in topics, acknowledgements and status. */
  public static final int VERSION = 1;

  /**
   * What a sender, honest or not, can make a parser hold at once. A text result has at most 1,024
   * characters; the rest is room for labels that we do not know.
   */
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxNameLength(256)
          .maxStringLength(16_384)
          .maxNumberLength(1_000)
          .build();

  public static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(BOUNDS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  /** Doubles that a float holds exactly go as one (RFC 8949, 4.2.2, without half precision). */
  public static final CBORFactory CBOR =
      new CBORFactoryBuilder(new CBORFactory())
          .streamReadConstraints(BOUNDS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS)
          .enable(CBORGenerator.Feature.WRITE_MINIMAL_DOUBLES)
          .build();

  private Wire() {}
}
