package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Catalogue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The dataset for a portal's harvester: DCAT-AP 2.1.1 (a Dataset with its mandatory title and
 * description, and two Distributions) as JSON-LD. Terms are written with their vocabularies' usual
 * prefixes; authority tables are those of the Publications Office of the EU.
 *
 * @param baseUrl where the files can be had; ends with a slash
 */
record Description(
    String baseUrl,
    String title,
    String description,
    String publisher,
    String language,
    String license) {

  static final String FILE = "dataset.jsonld";
  static final String PLACES = "places.geojson";

  private static final String AUTHORITY = "http://publications.europa.eu/resource/authority/";
  private static final String MEDIA_TYPE = "https://www.iana.org/assignments/media-types/";

  byte[] write(Catalogue catalogue) {
    List<String> keywords =
        catalogue.datastreams().stream()
            .map(datastream -> datastream.property().name())
            .distinct()
            .sorted()
            .toList();
    return JsonFile.of(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("@context");
          json.writeStringField("dcat", "http://www.w3.org/ns/dcat#");
          json.writeStringField("dct", "http://purl.org/dc/terms/");
          json.writeStringField("foaf", "http://xmlns.com/foaf/0.1/");
          json.writeEndObject();
          json.writeStringField("@id", baseUrl + FILE + "#dataset");
          json.writeStringField("@type", "dcat:Dataset");
          text(json, "dct:title", title);
          text(json, "dct:description", description);
          json.writeObjectFieldStart("dct:publisher");
          json.writeStringField("@type", "foaf:Agent");
          json.writeStringField("foaf:name", publisher);
          json.writeEndObject();
          link(json, "dct:accrualPeriodicity", AUTHORITY + "frequency/DAILY");
          json.writeArrayFieldStart("dcat:keyword");
          for (String keyword : keywords) {
            json.writeString(keyword);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("dcat:distribution");
          distribution(json, "observations-YYYY-MM-DD.csv, one a day (UTC)", "CSV", "text/csv", "");
          distribution(json, "Where it is observed", "GEOJSON", "application/geo+json", PLACES);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void distribution(
      JsonGenerator json, String name, String type, String mediaType, String file)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("@type", "dcat:Distribution");
    json.writeStringField("dct:title", name);
    link(json, "dcat:accessURL", baseUrl);
    if (!file.isEmpty()) {
      link(json, "dcat:downloadURL", baseUrl + file);
    }
    link(json, "dct:license", license);
    link(json, "dct:format", AUTHORITY + "file-type/" + type);
    link(json, "dcat:mediaType", MEDIA_TYPE + mediaType);
    json.writeEndObject();
  }

  private void text(JsonGenerator json, String term, String value) throws IOException {
    json.writeObjectFieldStart(term);
    json.writeStringField("@value", value);
    json.writeStringField("@language", language);
    json.writeEndObject();
  }

  private static void link(JsonGenerator json, String term, String address) throws IOException {
    json.writeObjectFieldStart(term);
    json.writeStringField("@id", address);
    json.writeEndObject();
  }
}
