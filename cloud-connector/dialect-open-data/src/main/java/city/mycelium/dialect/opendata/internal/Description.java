package city.mycelium.dialect.opendata.internal;

import city.mycelium.api.dialect.Catalogue;
import city.mycelium.json.JsonWriter;
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
    JsonWriter json = JsonWriter.indented();
    json.object()
        .object("@context")
        .text("dcat", "http://www.w3.org/ns/dcat#")
        .text("dct", "http://purl.org/dc/terms/")
        .text("foaf", "http://xmlns.com/foaf/0.1/")
        .end()
        .text("@id", baseUrl + FILE + "#dataset")
        .text("@type", "dcat:Dataset");
    text(json, "dct:title", title);
    text(json, "dct:description", description);
    json.object("dct:publisher").text("@type", "foaf:Agent").text("foaf:name", publisher).end();
    link(json, "dct:accrualPeriodicity", AUTHORITY + "frequency/DAILY");
    json.list("dcat:keyword");
    keywords.forEach(json::text);
    json.end().list("dcat:distribution");
    distribution(json, "observations-YYYY-MM-DD.csv, one a day (UTC)", "CSV", "text/csv", "");
    distribution(json, "Where it is observed", "GEOJSON", "application/geo+json", PLACES);
    return json.end().end().toBytes();
  }

  private void distribution(
      JsonWriter json, String name, String type, String mediaType, String file) {
    json.object().text("@type", "dcat:Distribution").text("dct:title", name);
    link(json, "dcat:accessURL", baseUrl);
    if (!file.isEmpty()) {
      link(json, "dcat:downloadURL", baseUrl + file);
    }
    link(json, "dct:license", license);
    link(json, "dct:format", AUTHORITY + "file-type/" + type);
    link(json, "dcat:mediaType", MEDIA_TYPE + mediaType);
    json.end();
  }

  private void text(JsonWriter json, String term, String value) {
    json.object(term).text("@value", value).text("@language", language).end();
  }

  private static void link(JsonWriter json, String term, String address) {
    json.object(term).text("@id", address).end();
  }
}
