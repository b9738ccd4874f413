package city.mycelium.api.connector;

/**
 * What was found when one layer of a connection was tried.
 *
 * @param layer a word: {@code name}, {@code route}, {@code tls}, {@code login} …
 * @param ok whether it works
 * @param sentence what was found, and what to do if it does not work; for a person
 */
public record Check(String layer, boolean ok, String sentence) {}
