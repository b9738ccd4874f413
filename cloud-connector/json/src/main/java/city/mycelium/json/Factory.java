package city.mycelium.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** How Jackson is set, for both ways. */
final class Factory {

  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonReader.MOST_DEPTH)
                  .maxNameLength(JsonReader.MOST_NAME_BYTES)
                  .maxStringLength(JsonReader.MOST_TEXT_CHARS)
                  .maxNumberLength(JsonReader.MOST_NUMBER_CHARS)
                  .maxTokenCount(JsonReader.MOST_TOKENS)
                  .build())
          // Names come from strangers: they do not belong into the process's table of strings.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // The shortest form: Java 17's own is at times longer than it must be (JDK-4511638).
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private Factory() {}
}
